package org.linekeeper.failover;

import java.time.Duration;

/**
 * How long a lease of the floating address holds. Each part is counted on one machine only.
 *
 * @param every between two renewals
 * @param fresh a renewal that was asked for longer ago than that, when it is seen to count, is not
 *     acted on any more
 * @param told so long the kernel is to keep the address
 * @param kept so long, at most, it then does
 * @param leaving for so long a watcher that ends may still tell its host to keep the address
 * @param drift by how much one clock may run faster than another one, as a share
 */
public record LeaseTimes(
    Duration every, Duration fresh, Duration told, Duration kept, Duration leaving, double drift) {
  /**
   * As shipped. The kernel counts from when it is told, which a program does that takes 7 to 21 ms
   * from its last look at the time (nftables 1.0.6), and counts to 10 ms. A commit takes some
   * milliseconds; on a busy disk some do not get through in time, and three of them may be missed
   * before the address is. Quartz clocks differ by less than 200 millionths; a virtual machine's by
   * less than a hundredth.
   */
  public static final LeaseTimes SHIPPED =
      new LeaseTimes(
          Duration.ofMillis(230),
          Duration.ofMillis(150),
          Duration.ofSeconds(1),
          Duration.ofMillis(1050),
          Duration.ofSeconds(1),
          0.01);

  /**
   * After that, by anybody's clock, nobody has the address any more who has not renewed since: the
   * tenure.
   */
  public Duration tenure() {
    long nanos = fresh.plus(kept).toNanos();
    return Duration.ofNanos(nanos + (long) (nanos * drift));
  }
}
