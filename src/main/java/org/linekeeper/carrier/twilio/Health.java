package org.linekeeper.carrier.twilio;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.linekeeper.carrier.CarrierHealth;

/** Remembers how the latest requests ended. */
final class Health {
  private final InstantSource clock;
  private Optional<Instant> lastAnswer = Optional.empty();
  private int faults;
  private String said = "";
  private Tally tally = new Tally(0, 0);

  Health(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void note(Attempt attempt) {
    tally = tally.with(attempt);
    if (attempt.kind().twilioSpoke()) {
      lastAnswer = Optional.of(clock.instant());
      faults = 0;
      said = attempt.kind() == Attempt.Kind.DENIED ? attempt.said() : "";
    } else {
      faults++;
      said = attempt.said();
    }
  }

  synchronized Tally tally() {
    return tally;
  }

  synchronized CarrierHealth now(int limit) {
    return new CarrierHealth(lastAnswer, faults, limit, said);
  }
}
