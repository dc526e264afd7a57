package org.linekeeper.demo.page;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.linekeeper.demo.carrier.Mobile;

/** The conversations on the staff's mobiles: what they texted, and what came back. */
final class Threads {
  private static final int SENT_KEPT = 200;
  private static final Pattern CODE = Pattern.compile("^Reply (\\d{6}) ");

  private final Deque<Sent> sent = new ArrayDeque<>();

  private record Sent(Instant at, String from, String body) {}

  /**
   * One text.
   *
   * @param mine whether the mobile's owner wrote it
   */
  record Line(Instant at, boolean mine, String body) {}

  synchronized void sent(Instant at, String from, String body) {
    sent.addLast(new Sent(at, from, body));
    if (sent.size() > SENT_KEPT) {
      sent.removeFirst();
    }
  }

  /** The latest texts on a mobile, oldest first. */
  synchronized List<Line> on(Mobile mobile, int most) {
    Stream<Line> mine =
        sent.stream()
            .filter(s -> s.from().equals(mobile.number()))
            .map(s -> new Line(s.at(), true, s.body()));
    Stream<Line> theirs = mobile.inbox().stream().map(t -> new Line(t.at(), false, t.body()));
    List<Line> all = Stream.concat(mine, theirs).sorted(Comparator.comparing(Line::at)).toList();
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  /** The code that the last text asks for; empty if it asks for none. */
  static Optional<String> code(List<Line> thread) {
    return thread.isEmpty()
        ? Optional.empty()
        : Optional.of(thread.get(thread.size() - 1))
            .filter(line -> !line.mine())
            .map(line -> CODE.matcher(line.body()))
            .filter(Matcher::find)
            .map(found -> found.group(1));
  }
}
