package org.linekeeper.gameday;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one fault.
 *
 * @param fault its name
 * @param version of Asterisk
 * @param build of Linekeeper, and
 * @param settings that it ran with; see {@link Hashes}
 * @param verdict the verdicts on the PBXs that came with the fault, in their order, or what the
 *     matter is called if it is none of a PBX's; empty if there was nothing to be said
 * @param answer what Linekeeper did
 * @param wanted what the table expects
 * @param verdictAfter milliseconds from the fault to the first verdict, or whatever else it said
 *     first; -1 if it said nothing
 * @param sentence what it told people
 * @param outageMillis from the fault until every call was answered again; 0 if none failed, -1 if
 *     they failed to the end
 * @param calls what callers noticed, in words
 * @param doubly calls that the old PBX answered after the new one had begun to
 * @param strayed calls that the standby answered although it was not to take over
 * @param returned calls that the old PBX answered although it had been mended for a second
 */
record FaultReport(
    String fault,
    int version,
    String build,
    String settings,
    String verdict,
    Answer answer,
    Answer wanted,
    long verdictAfter,
    String sentence,
    long outageMillis,
    String calls,
    long doubly,
    long strayed,
    long returned) {

  /** What is done about a fault. */
  enum Answer {
    /** The other PBX serves. */
    SWITCH,
    /** No PBX can serve: numbers ring on mobiles. */
    MOBILES,
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
    List<String> wrong = new ArrayList<>();
    if (answer != wanted) {
      wrong.add("wanted " + wanted.words() + ", saw " + answer.words());
    }
    if (verdict.isEmpty() == (wanted != Answer.NOTHING)) {
      wrong.add(verdict.isEmpty() ? "no verdict" : "a verdict on what is no fault: " + verdict);
    }
    if ((answer == Answer.SWITCH || answer == Answer.MOBILES) && outageMillis < 0) {
      wrong.add("nobody was answered again");
    }
    count(wrong, doubly, "were answered by the old PBX after the new one had begun");
    count(wrong, strayed, "were answered by the standby, which was not to take over");
    count(wrong, returned, "were answered by the old PBX once it was mended");
    return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
  }

  private static void count(List<String> wrong, long calls, String what) {
    if (calls > 0) {
      wrong.add(calls + " calls " + what);
    }
  }
}
