package org.linekeeper.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.SettingsInForce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts every member of staff who has alerts switched on. A flapping PBX must not cost a fortune or
 * bury the one text that matters: beyond a limit in ten minutes the rest is left to the journal.
 */
public final class Alerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /** Alarms; one that differs from an earlier one in its figures only is the same. */
  private static final int MOST = 8;

  /** Who serves, and whether mobiles ring: only a pair gone mad comes near this. */
  private static final int MOST_ABOUT_CALLS = 40;

  private static final Duration PER = Duration.ofMinutes(10);

  private final Journal journal;
  private final Carrier carrier;
  private final InstantSource time;
  private final Deque<Sent> alarms = new ArrayDeque<>();
  private final Deque<Sent> aboutCalls = new ArrayDeque<>();
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(100),
          task -> {
            Thread thread = new Thread(task, "alerts");
            thread.setDaemon(true);
            return thread;
          },
          (task, pool) ->
              LOG.warn("Too many alerts wait to be texted; this one is in the journal only"));

  private record Sent(Instant at, String text) {}

  /** Tells of entries committed from now on. */
  public Alerts(Journal journal, Carrier carrier, InstantSource time) {
    this.journal = journal;
    this.carrier = carrier;
    this.time = time;
  }

  /** Begins to listen. */
  public void start() {
    journal.onCommit(records -> records.forEach(this::told));
  }

  /** Whoever leads tells; the others would only say it again. */
  private void told(Recorded record) {
    if (!journal.leads()) {
      return;
    }
    AlertText.shortened(record.entry())
        .ifPresent(
            text -> {
              LOG.warn("{}", text);
              boolean calls = AlertText.aboutCalls(record.entry());
              sender.execute(() -> text(text, calls));
            });
  }

  private void text(String text, boolean calls) {
    Optional<Estate> estate = journal.state().settings().map(SettingsInForce::estate);
    Optional<PhoneNumber> from = estate.flatMap(e -> e.trunk().controlNumber());
    if (from.isEmpty()
        || !(calls
            ? withinLimit(text, aboutCalls, MOST_ABOUT_CALLS)
            : news(text) && withinLimit(text, alarms, MOST))) {
      return;
    }
    List<PhoneNumber> mobiles =
        estate.get().staff().stream().filter(StaffMember::alerts).map(StaffMember::mobile).toList();
    for (PhoneNumber mobile : mobiles) {
      Outcome outcome = carrier.send(from.get(), mobile, text);
      if (!outcome.achieved()) {
        LOG.warn("An alert did not reach {}: {}", mobile, outcome.said());
      }
    }
  }

  /** A disk that fills and empties says the same again and again. */
  private boolean news(String text) {
    forget(alarms);
    return alarms.stream().noneMatch(s -> figureless(s.text()).equals(figureless(text)));
  }

  private static String figureless(String text) {
    return text.replaceAll("[0-9]+", "#");
  }

  private void forget(Deque<Sent> sent) {
    Instant oldest = time.instant().minus(PER);
    sent.removeIf(s -> s.at().isBefore(oldest));
  }

  private boolean withinLimit(String text, Deque<Sent> sent, int most) {
    forget(sent);
    if (sent.size() >= most) {
      LOG.warn(
          "More than {} alerts in {} min: the rest is in the journal only", most, PER.toMinutes());
      return false;
    }
    sent.addLast(new Sent(time.instant(), text));
    return true;
  }

  @Override
  public void close() {
    sender.shutdownNow();
  }
}
