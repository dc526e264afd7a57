package org.linekeeper.gameday;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one fault.
 *
 * @param fault its name
 * @param version of Asterisk
 * @param verdict the verdicts on the PBXs that were not healthy, in the order they came; empty if
 *     none
 * @param answer what Linekeeper did
 * @param wanted what the table expects
 * @param verdictAfter milliseconds from the fault to the first verdict, or whatever else it said
 *     first; -1 if it said nothing
 * @param sentence what it told people
 * @param outageMillis from the fault until every call was answered again; 0 if none failed, -1 if
 *     they failed to the end
 * @param calls what callers noticed, in words
 * @param doubly calls that the old PBX answered after the new one had begun to
 */
record FaultReport(
    String fault,
    int version,
    String verdict,
    Answer answer,
    Answer wanted,
    long verdictAfter,
    String sentence,
    long outageMillis,
    String calls,
    long doubly) {

  /** What is done about a fault. */
  enum Answer {
    /** The other PBX serves. */
    SWITCH,
    /** A person is asked to confirm. */
    ASK,
    /** People are told; nothing moves. */
    ALERT,
    /** Nothing is to be said: this is no fault. */
    NOTHING;

    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty if it went as the table says; else what did not. */
  Optional<String> complaint() {
    if (answer == wanted) {
      return doubly == 0
          ? Optional.empty()
          : Optional.of(doubly + " calls were answered by the old PBX after the new one had begun");
    }
    return Optional.of("wanted " + wanted.words() + ", saw " + answer.words());
  }

  static long outage(Outage outage) {
    if (outage.failed() == 0) {
      return 0;
    }
    return outage.answeredAfter().map(Duration::toMillis).orElse(-1L);
  }
}
