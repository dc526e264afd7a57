package org.linekeeper.actuator.address;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.state.Epoch;

/**
 * The right to hold the floating address. Whoever has it may let the kernel keep the address for
 * the time that it is given, counted from before it asked. With one watcher the right follows from
 * the plan alone; several will have to agree on it in the journal, and this is where that goes.
 */
public interface Tenure {
  /**
   * Begins a tenure.
   *
   * @param usual as in the settings
   * @return for how long the kernel may keep the address; empty if it must not be taken
   */
  Optional<Duration> grant(Epoch epoch, Duration usual);

  /** Goes on with it; empty if the address must not be renewed, and is to be left to lapse. */
  Optional<Duration> renew(Epoch epoch, Duration usual);

  /** It has ended: the address was given up, or has lapsed. */
  void expire();

  /** That of a watcher who is alone. */
  static Tenure sole() {
    return new Tenure() {
      @Override
      public Optional<Duration> grant(Epoch epoch, Duration usual) {
        return Optional.of(usual);
      }

      @Override
      public Optional<Duration> renew(Epoch epoch, Duration usual) {
        return Optional.of(usual);
      }

      @Override
      public void expire() {
        // Nobody else waits for it.
      }
    };
  }
}
