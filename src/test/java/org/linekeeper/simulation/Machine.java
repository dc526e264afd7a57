package org.linekeeper.simulation;

import java.time.Duration;
import java.time.Instant;

/** A computer: its clocks, and the floating address in its kernel. */
final class Machine {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  final String name;
  boolean ending;
  private final World world;
  private final double rate;
  private final long origin;
  private final Duration skew;
  private long has;
  private long since;

  /** A clock that runs faster or slower by at most four thousandths, set right by some seconds. */
  Machine(String name, World world) {
    this.name = name;
    this.world = world;
    this.rate = 1 + world.between(-0.004, 0.004);
    this.origin = world.millis(1_000, 1_000_000);
    this.skew = Duration.ofMillis(world.pick(4_000) - 2_000L);
  }

  /** What its monotonic clock says. */
  Duration monotonic() {
    return Duration.ofNanos(origin + (long) (world.now() * rate));
  }

  Instant wall() {
    return START.plus(skew).plusNanos((long) (world.now() * rate));
  }

  /** How long that takes in real time, when it is counted here. */
  long real(Duration counted) {
    return (long) (counted.toNanos() / rate);
  }

  /** Its kernel keeps the address until then by its own clock, and some timer ticks. */
  void arm(Duration until) {
    if (!hasAddress()) {
      since = world.now();
    }
    has = (long) ((until.toNanos() - origin + world.millis(0, 50)) / rate);
  }

  void letGo() {
    has = 0;
  }

  boolean hasAddress() {
    return world.now() < has;
  }

  /** Whether it has had it for so long. */
  boolean hasHadAddress(long nanos) {
    return hasAddress() && world.now() - since > nanos;
  }
}
