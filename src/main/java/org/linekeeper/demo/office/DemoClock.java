package org.linekeeper.demo.office;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What time is it in the demo? The real time, until somebody moves it. */
public final class DemoClock implements InstantSource {
  private final InstantSource real;
  private volatile Duration ahead = Duration.ZERO;

  /** Not moved yet. */
  public DemoClock(InstantSource real) {
    this.real = real;
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  /** From now on it is that moment, and time passes from there. */
  public synchronized void moveTo(Instant moment) {
    ahead = Duration.between(real.instant(), moment);
  }

  /** How far it is ahead of the real time; negative if it is behind. */
  public Duration ahead() {
    return ahead;
  }

  /** Goes so far ahead of the real time. */
  public void ahead(Duration wanted) {
    ahead = wanted;
  }
}
