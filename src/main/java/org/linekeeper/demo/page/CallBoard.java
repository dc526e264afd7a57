package org.linekeeper.demo.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;

/** Who answered the callers lately, and what did they suffer since something was last done? */
final class CallBoard {
  private static final int SHOWN = 8;

  private final Deque<CallRecord> latest = new ArrayDeque<>();
  private String since = "the demo began";
  private long first;
  private int answered;
  private int missed;
  private Duration longest = Duration.ZERO;

  /**
   * The board at one moment.
   *
   * @param latest the newest first
   * @param since what the counting began with, such as {@code primary was killed}
   * @param answered by a PBX or a person
   * @param missed by neither
   * @param longest the longest wait of a caller who was answered
   */
  record Seen(List<CallRecord> latest, String since, int answered, int missed, Duration longest) {}

  synchronized void ended(CallRecord call) {
    latest.addFirst(call);
    if (latest.size() > SHOWN) {
      latest.removeLast();
    }
    if (call.number() <= first) {
      return; // was under way when the counting began
    }
    if (call.answeredBy() == AnsweredBy.PBX || call.answeredBy() == AnsweredBy.MOBILE) {
      answered++;
      longest = call.took().compareTo(longest) > 0 ? call.took() : longest;
    } else {
      missed++;
    }
  }

  /** Counts anew. */
  synchronized void countSince(String what) {
    since = what;
    first = latest.stream().mapToLong(CallRecord::number).max().orElse(0);
    answered = 0;
    missed = 0;
    longest = Duration.ZERO;
  }

  synchronized Seen seen() {
    return new Seen(List.copyOf(latest), since, answered, missed, longest);
  }
}
