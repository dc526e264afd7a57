package org.linekeeper.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.SettingsInForce;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts every member of staff who has alerts switched on, and records that they were. A flapping
 * PBX must not cost a fortune or bury the one text that matters: beyond a limit in ten minutes the
 * rest is left to the journal.
 */
public final class Alerts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /** Alarms; one that differs from an earlier one in its figures only is the same. */
  private static final int MOST = 8;

  /** Who serves, and whether mobiles ring: only a pair gone mad comes near this. */
  private static final int MOST_ABOUT_CALLS = 40;

  private static final Duration PER = Duration.ofMinutes(10);

  /** That many records back is looked at most; in ten minutes there are rarely a hundred. */
  private static final int LOOKED_AT = 1_000;

  private final Journal journal;
  private final Carrier carrier;
  private final InstantSource time;
  private final Deque<Sent> alarms = new ArrayDeque<>();
  private final Deque<Sent> aboutCalls = new ArrayDeque<>();

  /** Up to that record this process has done what there was to do; on the sender's thread. */
  private long dealtWith;

  /** Whether there may be records that nobody has told of: this watcher did not lead. */
  private volatile boolean behind = true;

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
          (task, pool) -> behind = true);

  private record Sent(Instant at, String text) {}

  /** Tells of what is in the journal. */
  public Alerts(Journal journal, Carrier carrier, InstantSource time) {
    this.journal = journal;
    this.carrier = carrier;
    this.time = time;
  }

  /** Begins to listen. */
  public void start() {
    journal.onCommit(
        records -> {
          if (journal.leads()) {
            sender.execute(() -> committed(records));
          } else {
            behind = true; // whoever leads tells; the others would only say it again
          }
        });
  }

  /**
   * Looks whether this watcher leads by now, and then tells of what was committed in the last ten
   * minutes and is not recorded as told: the one before may have died over it. To be called about
   * once a second; does not wait.
   */
  public void look() {
    if (!journal.leads()) {
      behind = true;
    } else if (behind) {
      sender.execute(this::catchUp);
    }
  }

  private void committed(List<Recorded> records) {
    if (behind) {
      catchUp();
    } else {
      records.forEach(this::tell);
    }
  }

  private void catchUp() {
    behind = false;
    List<Recorded> latest = new ArrayList<>(journal.latest(LOOKED_AT));
    Collections.reverse(latest);
    Set<Long> told = new HashSet<>();
    for (Recorded record : latest) {
      if (record.entry() instanceof Entry.AlertSent sent) {
        told.add(sent.record());
      }
    }
    Instant oldest = time.instant().minus(PER);
    latest.removeIf(record -> record.entry().at().isBefore(oldest));
    for (Recorded record : latest) {
      if (told.contains(record.number())) {
        remember(record);
      } else {
        tell(record);
      }
    }
  }

  /** The limits hold whoever of them has told. */
  private void remember(Recorded record) {
    if (record.number() > dealtWith) {
      AlertText.shortened(record.entry())
          .ifPresent(text -> sent(record).addLast(new Sent(record.entry().at(), text)));
      dealtWith = record.number();
    }
  }

  private void tell(Recorded record) {
    if (record.number() <= dealtWith) {
      return;
    }
    if (!journal.leads()) {
      behind = true;
      return;
    }
    dealtWith = record.number();
    AlertText.shortened(record.entry())
        .ifPresent(
            text -> {
              LOG.warn("{}", text);
              text(record, text);
            });
  }

  private Deque<Sent> sent(Recorded record) {
    return AlertText.aboutCalls(record.entry()) ? aboutCalls : alarms;
  }

  private void text(Recorded record, String text) {
    Optional<Estate> estate = journal.state().settings().map(SettingsInForce::estate);
    Optional<PhoneNumber> from = estate.flatMap(e -> e.trunk().controlNumber());
    if (from.isEmpty()
        || !(AlertText.aboutCalls(record.entry())
            ? withinLimit(text, aboutCalls, MOST_ABOUT_CALLS)
            : news(text) && withinLimit(text, alarms, MOST))) {
      return;
    }
    int reached = 0;
    for (StaffMember member : estate.get().staff()) {
      if (member.alerts()) {
        Outcome outcome = carrier.send(from.get(), member.mobile(), text);
        reached += outcome.achieved() ? 1 : 0;
        if (!outcome.achieved()) {
          LOG.warn("An alert did not reach {}: {}", member.mobile(), outcome.said());
        }
      }
    }
    if (reached > 0) {
      // Afterwards: should this process die in between, people are told twice rather than never.
      journal.append(List.of(new Entry.AlertSent(time.instant(), record.number(), reached)));
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
