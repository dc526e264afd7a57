package org.linekeeper.web.page;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.web.OfficeWords;

/**
 * What can be asked for at this moment; whether it can be done is for the desk to say.
 *
 * @param switchTo the PBX that could be made to serve; empty text: none
 * @param failbackTo the primary, while it does not serve; empty text: it does
 * @param acknowledge what is to be acknowledged; empty text: nothing
 * @param paused until when Linekeeper starts nothing; empty text: it is not paused
 * @param mode what it may do by itself
 * @param away whether any number rings on mobiles
 */
record ActionsView(
    String switchTo,
    String failbackTo,
    String acknowledge,
    String paused,
    String mode,
    boolean away) {
  static ActionsView of(Overview seen, Instant now, OfficeWords words) {
    Optional<Estate> estate = seen.state().settings().map(SettingsInForce::estate);
    Optional<PbxId> active = seen.state().active();
    Optional<PbxId> primary = estate.map(Estate::primary).map(Pbx::id);
    boolean primaryServes = primary.equals(active);
    String other =
        estate.map(Estate::pbxs).orElse(java.util.List.of()).stream()
            .map(Pbx::id)
            .filter(id -> !Optional.of(id).equals(active))
            .map(PbxId::name)
            .findFirst()
            .orElse("");
    return new ActionsView(
        primaryServes ? other : "",
        primaryServes ? "" : primary.map(PbxId::name).orElse(""),
        seen.state()
            .promotion()
            .filter(p -> !p.acknowledged())
            .map(p -> "the failover at " + words.time(p.at()))
            .orElse(""),
        seen.state()
            .pause()
            .filter(p -> seen.state().paused(now))
            .map(p -> words.time(p.until()))
            .orElse(""),
        seen.state().mode().name().toLowerCase(Locale.ROOT),
        seen.routes().values().stream().anyMatch(r -> !r.atOffice()));
  }
}
