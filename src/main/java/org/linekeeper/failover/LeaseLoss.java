package org.linekeeper.failover;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Recent;

/**
 * On whose host the floating address cannot be, as this watcher sees the lease. Runs on the control
 * thread.
 */
final class LeaseLoss {
  private static final Duration ATTENDANCE = Duration.ofMillis(200);

  /**
   * A host that had the address by this lease, and whose watcher cannot take it again, has lost it;
   * one that never had, or whose watcher has been started since, may be about to.
   */
  private static final Duration LOST = LeaseTimes.SHIPPED.tenure().multipliedBy(3);

  /** So long at least a host has to take it that never had it. */
  static final Duration NEVER_TAKEN = Duration.ofSeconds(10);

  private final Core core;

  /** The lease by which nobody has the address, and since when that is known. */
  private long wanted;

  private Duration wantedSince = Duration.ZERO;

  /** Before that nobody had to renew it. */
  private Duration begun = Duration.ZERO;

  /** The life of the watcher whose host had the address by it; empty text if none is known. */
  private String tookIt = "";

  private Duration attended = ATTENDANCE.negated();
  private Set<String> missing = Set.of();

  LeaseLoss(Core core) {
    this.core = core;
  }

  /** Its watcher had time enough; while nothing was committed it could not take it. */
  boolean vain(LeaseSeen seen) {
    Lease lease = seen.lease();
    Duration now = core.ticker().now();
    Duration wait = lease.life().equals(tookIt) ? LOST : NEVER_TAKEN;
    return !lease.over()
        && !lease.taken()
        && !lease.stays()
        && lease.number() == wanted
        && now.minus(wantedSince).compareTo(wait) > 0
        && now.minus(seen.watch().flows()).compareTo(wait) > 0;
  }

  /** PBXs on whose host the address cannot be, as far as this watcher knows. */
  Set<PbxId> without() {
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        core.state().settings().flatMap(s -> s.estate().moving().address());
    if (core.state().leaseInForce().isEmpty()) {
      wanted = 0;
      begun = core.ticker().now();
    }
    if (seen.isEmpty() || address.isEmpty() || core.state().openRolePlan().isPresent()) {
      return Set.of();
    }
    Set<PbxId> without = new TreeSet<>();
    address
        .get()
        .besides()
        .forEach(
            (pbx, watcher) -> {
              if (seen.get().lease().holder().equals(pbx) ? lapsed(seen.get()) : missing(watcher)) {
                without.add(pbx);
              }
            });
    return without;
  }

  /** One that was let go of on purpose is passed on again by {@link LeasePassing#lead}. */
  private boolean lapsed(LeaseSeen seen) {
    Duration now = core.ticker().now();
    if (seen.lease().taken() || seen.lease().number() != wanted) {
      begun = wanted == 0 || wanted == seen.lease().number() ? begun : now;
      tookIt = seen.lease().taken() ? seen.lease().life() : "";
      wanted = seen.lease().number();
      wantedSince = now;
    }
    Duration tenure = LeaseTimes.SHIPPED.tenure();
    boolean silent =
        !seen.lease().stays()
            && seen.watch().silent(tenure, now)
            && now.minus(begun).compareTo(tenure) > 0;
    // its watcher renews it, and cannot take it
    return !seen.lease().over() && (silent || vain(seen) && !movedLately());
  }

  /** Where neither host can take it, calls must not go to and fro. */
  private boolean movedLately() {
    Duration holdDown =
        core.state().settings().map(s -> s.estate().rules().holdDown()).orElse(Duration.ZERO);
    return core.state()
        .promotion()
        .filter(p -> p.kind() == Plan.Kind.FAILOVER && !p.acknowledged())
        .filter(p -> Recent.within(holdDown, p.at(), core.now()))
        .isPresent();
  }

  /** Whether that watcher cannot do anything on its host at this moment. */
  boolean missing(String watcher) {
    Duration now = core.ticker().now();
    if (now.minus(attended).compareTo(ATTENDANCE) >= 0) {
      attended = now;
      Standing standing = core.journal().standing();
      missing = new TreeSet<>(standing.silent());
      missing.addAll(standing.lost());
    }
    return missing.contains(watcher);
  }
}
