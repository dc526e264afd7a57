package org.linekeeper.state;

import java.time.Duration;
import java.util.Optional;

/**
 * What one watcher has seen of the lease, by its own monotonic clock. It sees a renewal after it
 * was committed, and whoever renewed counts from before it asked; so when the tenure has passed
 * since what is seen here, it has passed at the holder's.
 *
 * @param counted when the latest renewal that counted was seen, of whichever lease; at first, when
 *     this watcher began to look
 * @param earlier the same of the leases before the present one
 * @param came when the latest item of the log was seen, whatever it was about
 * @param flows since when they have come without a break
 */
public record LeaseWatch(Duration counted, Duration earlier, Duration came, Duration flows) {
  /** A watcher that leads has something committed three times a second. */
  private static final Duration BREAK = Duration.ofMillis(500);

  /** Of a watcher that has seen nothing: the holder may have renewed a moment ago. */
  public static LeaseWatch beginning(Duration now) {
    return new LeaseWatch(now, now, now, now);
  }

  /** Of one that has just read that lease: what was left to a host for a while still is. */
  public static LeaseWatch beginning(Optional<Lease> lease, Duration now) {
    Duration kept = lease.flatMap(Lease::kept).map(Lease.Kept::atMost).orElse(Duration.ZERO);
    Duration before =
        lease
            .flatMap(Lease::before)
            .flatMap(Lease.Before::kept)
            .map(Lease.Kept::atMost)
            .orElse(Duration.ZERO);
    return new LeaseWatch(later(now.plus(kept), now.plus(before)), now.plus(before), now, now);
  }

  /** With one more item of the log, whatever it is about. */
  public LeaseWatch came(Duration now) {
    boolean broken = now.minus(came).compareTo(BREAK) > 0;
    return new LeaseWatch(counted, earlier, now, broken ? now : flows);
  }

  private LeaseWatch with(Duration nowCounted, Duration nowEarlier) {
    return new LeaseWatch(nowCounted, nowEarlier, came, flows);
  }

  /** With one more entry, by what it made of the lease. */
  public LeaseWatch saw(Optional<Lease> before, Optional<Lease> after, Duration now) {
    if (before.equals(after) || after.isEmpty()) {
      return this;
    }
    if (before.isEmpty()) {
      return with(now, now);
    }
    Optional<Lease.Kept> kept = after.get().kept();
    if (kept.isPresent() && !kept.equals(before.get().kept())) {
      // as if it were renewed then
      return with(later(counted, now.plus(kept.get().atMost())), earlier);
    }
    boolean passed = before.get().number() != after.get().number();
    boolean renewed = !before.get().renewal().equals(after.get().renewal());
    if (passed) {
      return with(counted, counted);
    }
    if (after.get().over() && !before.get().over()) {
      return with(counted.compareTo(now) < 0 ? counted : now, earlier); // it was to be kept longer
    }
    if (renewed) {
      return with(kept.isPresent() ? later(counted, now) : now, earlier);
    }
    return this;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** Whether the log goes on. */
  public boolean flowing(Duration now) {
    return now.minus(came).compareTo(BREAK) <= 0;
  }

  /**
   * Whether nobody has renewed for that long, although the log went on all the time: while nothing
   * is committed, the holder's renewals are not either, and say nothing of its watcher.
   */
  public boolean silent(Duration time, Duration now) {
    return flowing(now) && now.minus(later(counted, flows)).compareTo(time) > 0;
  }

  /**
   * Whether the host to which it was passed may take the address.
   *
   * @param tenure for how long after its latest renewal the host before may have it, with an
   *     allowance for clocks that do not run alike
   */
  public boolean mayTake(Lease lease, Duration tenure, Duration now) {
    return lease.free() || !lease.boundElsewhere() && now.minus(earlier).compareTo(tenure) >= 0;
  }
}
