package org.linekeeper.web.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.web.Level;
import org.linekeeper.web.OfficeWords;

/**
 * One PBX on the page.
 *
 * @param name its name
 * @param role which of the pair it normally is
 * @param active whether it is to answer the calls
 * @param job what it does now, in three words
 * @param level how it is
 * @param verdict what is the matter, in a word or two
 * @param evidence what was seen
 * @param since since when, by the office's clock
 */
record PbxView(
    String name,
    String role,
    boolean active,
    String job,
    Level level,
    String verdict,
    String evidence,
    String since) {

  static List<PbxView> all(Overview seen, OfficeWords words, Function<Duration, Instant> when) {
    List<PbxId> order =
        seen
            .state()
            .settings()
            .map(SettingsInForce::estate)
            .map(Estate::pbxs)
            .orElse(List.of())
            .stream()
            .map(Pbx::id)
            .toList();
    return seen.verdicts().values().stream()
        .sorted(java.util.Comparator.comparingInt(v -> order.indexOf(v.pbx())))
        .map(v -> of(seen, v, words, when))
        .toList();
  }

  private static PbxView of(
      Overview seen, Verdict verdict, OfficeWords words, Function<Duration, Instant> when) {
    boolean active = seen.state().active().equals(Optional.of(verdict.pbx()));
    return new PbxView(
        verdict.pbx().name(),
        role(seen, verdict.pbx()),
        active,
        job(seen, verdict, active),
        offDuty(verdict, active) ? Level.OK : level(verdict.kind()),
        offDuty(verdict, active) ? "off the trunk" : verdict.kind().words(),
        verdict.evidence(),
        words.time(when.apply(verdict.since())));
  }

  private static String role(Overview seen, PbxId pbx) {
    return seen.state()
        .settings()
        .flatMap(s -> s.estate().pbx(pbx))
        .map(p -> p.role().name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static String job(Overview seen, Verdict verdict, boolean active) {
    if (seen.state().emergency().isPresent()) {
      return active ? "Calls go to mobiles" : "Out of use";
    }
    if (active) {
      return verdict.kind().cannotServe() ? "Should answer calls" : "Answers the calls";
    }
    return verdict.kind().couldServe() ? "Ready to take over" : "Not ready to take over";
  }

  /** A standby whose trunk registers is kept from registering until it is promoted. */
  private static boolean offDuty(Verdict verdict, boolean active) {
    return !active && verdict.kind() == Verdict.Kind.TRUNK_DOWN;
  }

  private static Level level(Verdict.Kind kind) {
    return switch (kind) {
      case HEALTHY -> Level.OK;
      case DEGRADED, NO_AUDIO, CARRIER_CALLS_FAIL, INCONCLUSIVE, WATCHER_PATH_LOST -> Level.WARN;
      case PROCESS_GONE,
          REFUSES_CONNECTIONS,
          HUNG,
          HOST_UNREACHABLE,
          SIP_DEAD,
          SHUTTING_DOWN,
          CANNOT_TAKE_CALLS,
          NO_AUDIO_FOR_CALLERS,
          TRUNK_DOWN ->
          Level.BAD;
    };
  }
}
