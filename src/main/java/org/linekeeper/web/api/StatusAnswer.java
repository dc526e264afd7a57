package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Headline;
import org.linekeeper.web.Notice;
import org.linekeeper.web.OfficeWords;

/** Answers {@code GET /api/status}. */
record StatusAnswer(
    Instant at,
    String office,
    String zone,
    String level,
    String sentence,
    List<String> besides,
    Optional<String> active,
    String mode,
    long epoch,
    Optional<PauseAnswer> pause,
    Optional<EmergencyAnswer> emergency,
    Optional<PromotionAnswer> promotion,
    DecisionAnswer decision,
    List<PbxAnswer> pbxs,
    Counts numbers,
    boolean carrierReachable,
    List<String> troubles,
    List<String> notices) {

  record PauseAnswer(String by, Instant until, String reason) {}

  record EmergencyAnswer(Instant since, String reason) {}

  record PromotionAnswer(
      String kind, String from, String to, Instant at, String reason, boolean acknowledged) {}

  record DecisionAnswer(String kind, String permission, String reason, Optional<String> to) {
    static DecisionAnswer of(Decision decision) {
      return new DecisionAnswer(
          word(decision.kind()),
          word(decision.permission()),
          decision.reason(),
          decision.to().map(PbxId::name));
    }
  }

  record PbxAnswer(
      String id,
      String role,
      boolean active,
      boolean serves,
      String verdict,
      String evidence,
      Instant since) {}

  record Counts(int total, long atOffice, long onMobiles, int missing, int drifts) {}

  static StatusAnswer of(Backend backend, Overview seen, Instant now) {
    Headline headline = Headline.of(seen, now);
    var state = seen.state();
    return new StatusAnswer(
        seen.at(),
        new OfficeWords(state, now).office(),
        state.settings().map(s -> s.estate().schedule().zone().getId()).orElse("Z"),
        word(headline.level()),
        headline.sentence(),
        headline.besides(),
        state.active().map(PbxId::name),
        word(state.mode()),
        state.epoch().number(),
        state
            .pause()
            .filter(p -> state.paused(now))
            .map(p -> new PauseAnswer(p.by().toString(), p.until(), p.reason())),
        state.emergency().map(e -> new EmergencyAnswer(e.since(), e.reason())),
        state
            .promotion()
            .map(
                p ->
                    new PromotionAnswer(
                        word(p.kind()),
                        p.from().name(),
                        p.to().name(),
                        p.at(),
                        p.reason(),
                        p.acknowledged())),
        DecisionAnswer.of(seen.decision()),
        pbxs(backend, seen, now),
        counts(seen),
        seen.carrierReachable(),
        seen.troubles(),
        backend.notices().get().stream().map(Notice::text).toList());
  }

  private static List<PbxAnswer> pbxs(Backend backend, Overview seen, Instant now) {
    return seen.verdicts().values().stream().map(v -> pbx(backend, seen, v, now)).toList();
  }

  private static PbxAnswer pbx(Backend backend, Overview seen, Verdict verdict, Instant now) {
    Optional<Pbx> pbx =
        seen.state().settings().map(SettingsInForce::estate).flatMap(e -> e.pbx(verdict.pbx()));
    return new PbxAnswer(
        verdict.pbx().name(),
        pbx.map(p -> word(p.role())).orElse("unknown"),
        seen.state().active().equals(Optional.of(verdict.pbx())),
        verdict.kind().serves(),
        word(verdict.kind()),
        verdict.evidence(),
        now.minus(backend.ticker().since(verdict.since())));
  }

  private static Counts counts(Overview seen) {
    long office = seen.routes().values().stream().filter(r -> r.atOffice()).count();
    return new Counts(
        seen.routes().size(),
        office,
        seen.routes().size() - office,
        seen.missing(),
        seen.drifts().size() + seen.rowDrifts().size());
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
