package org.linekeeper.simulation;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Lease;
import org.linekeeper.state.State;

/** What must hold of the PBXs' gates: with one that leads, and with nobody. */
final class Gates {
  /**
   * As long as it takes until a new session is up, the verdict is believed, and a question asked.
   */
  private static final long KNOWN = 4_000_000_000L;

  /** One second, and two questions and their answers on the slowest wire. */
  private static final Duration BESIDE = Duration.ofMillis(1_300);

  /** What was on its way when the last one that might act was lost. */
  private static final long ON_ITS_WAY = 500_000_000L;

  private final Office office;
  private Optional<String> acting = Optional.empty();
  private long actingSince;
  private long changed;

  Gates(Office office) {
    this.office = office;
  }

  /** Who has to serve, or where callers go, may be another one from now on. */
  void changed() {
    changed = office.world().now();
  }

  /**
   * After each event.
   *
   * @param now who may act
   */
  void check(Optional<String> now) {
    if (!now.equals(acting)) {
      acting = now;
      actingSince = office.world().now();
    }
    for (PbxId pbx : Office.PAIR) {
      if (office.pbxs().takesCalls(pbx)) {
        office.check(!heldClosed(pbx), pbx + " takes calls beside the one that serves");
      } else if (acting.isEmpty() && office.pbxs().get(pbx).answers()) {
        office.check(!nobodyFor(lease() + ON_ITS_WAY), pbx + " turns calls away, and nobody leads");
      }
    }
  }

  private long lease() {
    return office.newest().settings().orElseThrow().estate().rules().gateLease().toNanos();
  }

  private boolean nobodyFor(long nanos) {
    return office.world().now() - actingSince > nanos;
  }

  /** Whether whoever leads sees all that it needs, so that this one has to be closed. */
  private boolean heldClosed(PbxId pbx) {
    State state = office.newest();
    PbxId active = state.active().orElse(pbx);
    long now = office.world().now();
    return !pbx.equals(active)
        && office.pbxs().wellFor(pbx, BESIDE)
        && office.pbxs().wellFor(active, Duration.ofNanos(KNOWN))
        && acting.isPresent()
        && now - actingSince > KNOWN
        && now - changed > KNOWN
        && state.openPlans().isEmpty()
        && state.lease().filter(Lease::taken).map(Lease::holder).equals(Optional.of(active))
        && sees(acting.get(), pbx)
        && sees(acting.get(), active)
        && office.wire().upFor(acting.get(), Provider.NAME, KNOWN)
        && office.wire().lostNothingFor(KNOWN)
        && office.provider().answeredFor(acting.get(), KNOWN)
        && office.provider().first().equals(Office.row(active));
  }

  private boolean sees(String watcher, PbxId pbx) {
    return office.watcher(watcher).life().ranFor(KNOWN)
        && office.wire().upFor(watcher, office.pbxs().get(pbx).host(), KNOWN);
  }
}
