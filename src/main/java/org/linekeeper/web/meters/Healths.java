package org.linekeeper.web.meters;

import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Overview;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Headline;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * How well can Linekeeper do its job? A PBX that is down is Linekeeper's job, not its illness: only
 * what would call for restarting or mending Linekeeper itself is DOWN.
 */
final class Healths {
  /** Something that it needs, or watches, is not as it should be. */
  static final Status DEGRADED = new Status("DEGRADED");

  private Healths() {}

  static Health controlLoop(Backend backend) {
    Overview seen = backend.overview().get();
    boolean stale = Headline.stale(seen, backend.time().instant());
    return (stale ? Health.down() : Health.up())
        .withDetail("lookedAt", seen.at().toString())
        .build();
  }

  static Health journal(Backend backend) {
    String trouble = backend.journal().trouble();
    String warning = backend.journal().warning();
    if (!trouble.isEmpty()) {
      return Health.down().withDetail("said", trouble).build();
    }
    return warning.isEmpty()
        ? Health.up().build()
        : Health.status(DEGRADED).withDetail("said", warning).build();
  }

  static Health carrier(Backend backend) {
    return backend.overview().get().carrierReachable()
        ? Health.up().build()
        : Health.status(DEGRADED)
            .withDetail("said", "it does not answer, so numbers cannot be moved")
            .build();
  }

  static Health pbxs(Backend backend) {
    Overview seen = backend.overview().get();
    Map<PbxId, Verdict> verdicts = seen.verdicts();
    Optional<PbxId> active = seen.state().active();
    boolean allReady =
        verdicts.values().stream().map(Verdict::kind).allMatch(Verdict.Kind::couldServe)
            && active
                .map(verdicts::get)
                .map(Verdict::kind)
                .filter(Verdict.Kind::serves)
                .isPresent();
    Health.Builder health = allReady && !verdicts.isEmpty() ? Health.up() : Health.status(DEGRADED);
    verdicts.values().forEach(v -> health.withDetail(v.pbx().name(), said(v)));
    Optional.of(verdicts)
        .filter(Map::isEmpty)
        .ifPresent(none -> health.withDetail("said", "nothing has been seen yet"));
    return health.build();
  }

  private static String said(Verdict verdict) {
    return verdict.kind().words() + ", " + verdict.evidence();
  }
}
