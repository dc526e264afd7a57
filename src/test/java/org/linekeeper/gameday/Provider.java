package org.linekeeper.gameday;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.LabProvider;

/** A provider with whom both PBXs register, and who sends calls to the newest registration. */
final class Provider {
  private static @Nullable LabProvider provider;

  private Provider() {}

  /** Both PBXs register with it, and Linekeeper is told so; the callers are its own from now on. */
  static void open(House house) {
    provider = LabProvider.open(house.network());
    for (LabPbx pbx : List.of(house.primary(), house.standby())) {
      Config.edit(
          pbx, "pjsip.conf", text -> text + "\n" + LabProvider.registration(house.network()));
      pbx.restart();
    }
    Outfit.settings(
        house, Map.of(url("primary"), registers("primary"), url("standby"), registers("standby")));
  }

  private static String url(String pbx) {
    return "origination-url: " + Provisioning.originationUrlSid(pbx);
  }

  private static String registers(String pbx) {
    return url(pbx) + "\n    registrations: [provider]";
  }

  /** Linekeeper has taken the standby off it, and has said so. */
  static void awaitPrimaryAlone(House house, Watching watching) {
    Await.until(
        "the primary alone registered",
        Duration.ofSeconds(30),
        () ->
            it().sendsTo(house.primary())
                && !it().knows(house.standby())
                && watching.latest().filter(s -> s.bad().containsKey("standby")).isPresent());
  }

  /** It takes the primary's registration no more: the next one is refused, and is due now. */
  static void refuse(LabPbx pbx) {
    it().refuse(pbx);
    pbx.cli("pjsip send register provider");
  }

  static void refuseNobody(LabPbx pbx) {
    it().refuseNobody();
    pbx.cli("pjsip send register provider");
  }

  static LabProvider it() {
    if (provider == null) {
      throw new IllegalStateException("no provider was opened");
    }
    return provider;
  }
}
