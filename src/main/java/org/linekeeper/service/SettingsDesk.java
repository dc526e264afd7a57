package org.linekeeper.service;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.linekeeper.command.Held;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.CommandDesk;
import org.linekeeper.journal.Journal;
import org.linekeeper.routing.Routing;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.settings.Problem;
import org.linekeeper.settings.RestartNeeded;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsChange;
import org.linekeeper.settings.SettingsWatch;
import org.linekeeper.state.Entry;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes edits of the files: a good one becomes a journal entry and is in force, a bad one is
 * explained and changes nothing, one that would move many numbers waits for a person.
 */
public final class SettingsDesk implements SettingsWatch.Listener, CommandDesk.Edits {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsDesk.class);

  private final Journal journal;
  private final InstantSource time;
  private final String watcher;
  private final Settings atStart;
  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
  private final AtomicReference<@Nullable Settings> unrecorded = new AtomicReference<>();
  private volatile List<Problem> problems = List.of();
  private volatile List<String> restartNeeded = List.of();

  SettingsDesk(Journal journal, InstantSource time, Settings atStart) {
    this.journal = journal;
    this.time = time;
    this.watcher = atStart.local().watcher();
    this.atStart = atStart;
  }

  /**
   * An edit that waits for a person.
   *
   * @param settings what the files say
   * @param change what would be different, for people
   */
  public record Waiting(Settings settings, String change) {
    /** The same, to be confirmed. */
    public Held held() {
      return Held.edit(settings.hash(), change);
    }
  }

  /** The edit that waits for a person; see {@link #confirm}. */
  public Optional<Waiting> waiting() {
    return Optional.ofNullable(waiting.get());
  }

  /** What is wrong with the files as they are now; empty while they are good. */
  public List<Problem> problems() {
    return problems;
  }

  /** What was edited and takes effect only at a restart, a sentence for each. */
  public List<String> restartNeeded() {
    return restartNeeded;
  }

  /** The files can be read and say this. */
  @Override
  public void accepted(Settings settings) {
    problems = List.of();
    restartNeeded = RestartNeeded.between(atStart, settings);
    restartNeeded.forEach(sentence -> note(Entry.Noted.Weight.WARNING, sentence));
    Optional<SettingsInForce> now = journal.state().settings();
    if (now.filter(s -> s.estate().equals(settings.estate())).isPresent()) {
      waiting.set(null);
      return;
    }
    Optional<SettingsChange> large =
        now.map(SettingsInForce::estate)
            .map(estate -> change(estate, settings.estate()))
            .filter(SettingsChange::needsConfirmation);
    if (large.isPresent()) {
      String change = large.get().sentence();
      Waiting edit = new Waiting(settings, change);
      waiting.set(edit);
      note(
          Entry.Noted.Weight.ALARM,
          "an edit of the settings waits for "
              + edit.held().words()
              + ", by text, on the page or with \"linekeeper confirm\": "
              + change
              + ". Until then the settings before it stay in force");
    } else {
      waiting.set(null);
      accept(settings);
    }
  }

  /** What an edit changes, the numbers that it would move at this moment counted in. */
  private SettingsChange change(Estate before, Estate after) {
    Map<PhoneNumber, WantedRoute> old = Routing.wanted(journal.state(), time.instant());
    State then =
        State.evolve(
            journal.state(), new Entry.SettingsAccepted(time.instant(), watcher, "", after));
    Set<PhoneNumber> moved = new TreeSet<>();
    Routing.wanted(then, time.instant())
        .forEach(
            (number, route) -> {
              WantedRoute was = old.get(number);
              if (was != null && !was.rings().equals(route.rings())) {
                moved.add(number);
              }
            });
    return SettingsChange.between(before, after).withReroutedNow(moved);
  }

  /** The files cannot be taken; the last good ones stay in force. */
  @Override
  public void refused(List<Problem> found) {
    problems = List.copyOf(found);
    found.forEach(problem -> LOG.error("{}", problem));
    note(
        Entry.Noted.Weight.WARNING,
        "the settings were edited and have "
            + (found.size() == 1 ? "a mistake" : found.size() + " mistakes")
            + ", so those before stay in force: "
            + found.get(0));
  }

  /** What it is called and does, to whoever may confirm it. */
  @Override
  public Optional<Held> held() {
    return waiting().map(Waiting::held);
  }

  /** Puts the edit that waits in force, unless the files were saved again meanwhile. */
  @Override
  public boolean confirm(Held edit, String by) {
    Waiting now = waiting.get();
    if (now == null || !now.held().equals(edit) || !waiting.compareAndSet(now, null)) {
      return false;
    }
    note(Entry.Noted.Weight.INFO, by + " confirmed the edit of the settings: " + now.change());
    accept(now.settings());
    return true;
  }

  /** Offers again what could not be recorded: without settings nothing would be watched. */
  void again() {
    Settings settings = unrecorded.getAndSet(null);
    boolean inForce =
        settings != null
            && journal
                .state()
                .settings()
                .filter(s -> s.estate().equals(settings.estate()))
                .isPresent();
    if (settings != null && !inForce) {
      accept(settings);
    }
  }

  private void accept(Settings settings) {
    unrecorded.set(null);
    Estate estate = settings.estate();
    journal
        .append(
            List.of(new Entry.SettingsAccepted(time.instant(), watcher, settings.hash(), estate)))
        .whenComplete(
            (state, fault) -> {
              if (fault != null) {
                LOG.error(
                    "The settings could not be recorded, so those before stay in force; it is tried"
                        + " again",
                    fault);
                unrecorded.compareAndSet(null, settings);
              }
            });
  }

  private void note(Entry.Noted.Weight weight, String text) {
    journal
        .append(List.of(new Entry.Noted(time.instant(), weight, text)))
        .exceptionally(
            notCommitted -> {
              LOG.warn("Not recorded: {}", text);
              return journal.state();
            });
  }
}
