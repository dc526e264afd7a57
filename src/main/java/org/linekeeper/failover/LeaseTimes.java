package org.linekeeper.failover;

import java.time.Duration;

/**
 * How long a lease of the floating address holds. Each part is counted on one machine only.
 *
 * @param every between two renewals
 * @param held from when a renewal was asked for, so long the kernel is to let packets with the
 *     address through
 * @param late so much later, at most, it then ends that
 * @param leaving so long after this watcher has begun nothing that an earlier life of it has told
 *     its host is still to come; no shorter than {@code held}
 * @param drift by how much one clock may run faster than another one, as a share
 */
public record LeaseTimes(
    Duration every, Duration held, Duration late, Duration leaving, double drift) {
  /**
   * As shipped. Of one that is held for a second three renewals may come too late before the
   * address is missed. The program that tells the kernel makes sure that it ends 0.03 s late at
   * most, however long nftables took (1.0.6: 7 to 50 ms), and the kernel counts to 10 ms. Quartz
   * clocks differ by less than 200 millionths; a virtual machine's by less than a hundredth.
   */
  public static final LeaseTimes SHIPPED =
      new LeaseTimes(
          Duration.ofMillis(230),
          Duration.ofSeconds(1),
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          0.01);

  /**
   * After that, by anybody's clock, nobody has the address any more who has not renewed since: the
   * tenure.
   */
  public Duration tenure() {
    long nanos = held.plus(late).toNanos();
    return Duration.ofNanos(nanos + (long) (nanos * drift));
  }
}
