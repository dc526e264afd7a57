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
import org.linekeeper.settings.LocalSettings;
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
  private volatile List<Problem> problems = List.of();
  private volatile List<String> restartNeeded = List.of();
  private volatile LocalSettings local;
  private final FilesSeen seen;
  private final boolean several;

  /** What the files say, in force or not. */
  private volatile Optional<Settings> files = Optional.empty();

  /** The files at the start, until it is known whether they are an edit. */
  private volatile Optional<Settings> unsorted = Optional.empty();

  /**
   * What was accepted last, no edit that waits for a person; not any more once another watcher's
   * edit has overtaken it. Guarded by this.
   */
  private @Nullable Settings wanted;

  /** Whether that has been in force. Guarded by this. */
  private boolean wasInForce;

  /** The files that count for nothing more when they are found again. Guarded by this. */
  private String done = "";

  /** As much of it as is written down. Only for whoever calls {@link #again}. */
  private String written = "";

  /** How many offers of settings to the journal have no answer yet. Guarded by this. */
  private int underWay;

  /**
   * @param several whether other watchers have files of their own; the files of one that is alone
   *     are what counts
   */
  SettingsDesk(
      Journal journal, InstantSource time, Settings atStart, FilesSeen seen, boolean several) {
    this.seen = seen;
    this.several = several;
    this.journal = journal;
    this.time = time;
    this.watcher = atStart.local().watcher();
    this.atStart = atStart;
    this.local = atStart.local();
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

  /** PINs, staff codes and the rules of the dialogue as they are in force, and what is fixed. */
  LocalSettings local() {
    return local;
  }

  /** What the files said when they could last be read, in force or not. */
  Optional<Settings> files() {
    return files;
  }

  /** What the files say at a start. */
  void started(Settings found) {
    files = Optional.of(found);
    if (!several) {
      accepted(found);
    } else {
      unsorted = Optional.of(found);
      sort();
    }
  }

  /** Once it is known what is in force: whether the files were edited while nobody watched them. */
  private synchronized void sort() {
    State state = journal.state();
    boolean first = state.settings().isEmpty();
    if (unsorted.isEmpty() || (first && !journal.leads())) {
      return;
    }
    Settings found = unsorted.get();
    unsorted = Optional.empty();
    if (first || seen.edited(found.hash())) {
      accepted(found);
    } else {
      restartNeeded = List.of();
      done = found.hash();
    }
  }

  /** How the files here differ from what is in force since another watcher read them. */
  public Optional<String> differing() {
    Optional<SettingsInForce> inForce = journal.state().settings();
    return files
        .filter(found -> several && waiting.get() == null)
        .flatMap(
            found ->
                inForce.filter(
                    now ->
                        !now.estate()
                            .equals(RestartNeeded.inForce(atStart.estate(), found.estate()))))
        .map(
            now ->
                "The files of "
                    + watcher
                    + " differ from the settings in force, which "
                    + now.watcher()
                    + " read at "
                    + now.at()
                    + ". Bring the files of all watchers to what is wanted.");
  }

  /** The files can be read and say this. */
  @Override
  public void accepted(Settings edited) {
    files = Optional.of(edited);
    unsorted = Optional.empty();
    problems = List.of();
    restartNeeded = tell(RestartNeeded.between(atStart, edited));
    Settings settings = RestartNeeded.inForce(atStart, edited);
    Optional<Settings> before = journal.state().settings().map(this::watched);
    Optional<SettingsChange> large =
        before
            .map(known -> change(known.estate(), settings.estate()))
            .filter(SettingsChange::needsConfirmation);
    if (large.isPresent()) {
      before.ifPresent(this::keep);
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

  /** What an earlier life put in force, but with the PBXs and the trunk that this one watches. */
  private Settings watched(SettingsInForce now) {
    Estate estate = RestartNeeded.inForce(atStart.estate(), now.estate());
    return new Settings(estate, local, now.hash());
  }

  /** At a start whose files wait for a person there is nothing else to keep. */
  private synchronized void keep(Settings before) {
    if (wanted == null) {
      accept(before);
    }
  }

  /** Each sentence once, and not again at every later edit. */
  private List<String> tell(List<String> sentences) {
    sentences.stream()
        .filter(sentence -> !restartNeeded.contains(sentence))
        .forEach(sentence -> note(Entry.Noted.Weight.WARNING, sentence));
    return sentences;
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

  /**
   * Offers again what could not be recorded, since without settings nothing would be watched. What
   * counts is what was accepted last, whatever came of the offers before it; of several watchers,
   * by any of them.
   */
  void again() {
    String now = offered();
    if (!written.equals(now)) {
      seen.see(now); // the disk may hang, so nobody waits for this
      written = now;
    }
  }

  private synchronized String offered() {
    sort();
    if (wanted != null && !settled(wanted) && underWay == 0) {
      if (several && wasInForce && !ours()) {
        done = wanted.hash();
        wanted = null;
      } else {
        record(wanted);
      }
    }
    return done;
  }

  /** Whether what is in force was read by this watcher. */
  private boolean ours() {
    return journal.state().settings().filter(now -> now.watcher().equals(watcher)).isPresent();
  }

  private synchronized void accept(Settings settings) {
    wanted = settings;
    wasInForce = false;
    if (!settled(settings)) {
      record(settings);
    }
  }

  /** Whether the journal has it; if so, what never goes to the journal is in force as well. */
  private boolean settled(Settings settings) {
    boolean recorded =
        journal.state().settings().filter(s -> s.estate().equals(settings.estate())).isPresent();
    if (recorded) {
      wasInForce = true;
      // what counts for all only after a restart is an edit for the next life as well
      if (files.filter(found -> found.hash().equals(settings.hash())).stream()
          .allMatch(found -> found.estate().equals(settings.estate()))) {
        done = settings.hash();
      }
    }
    if (recorded && !local.equals(settings.local())) {
      local = settings.local();
      note(
          Entry.Noted.Weight.INFO,
          "PINs, staff codes or the rules for texts were edited, and are in force");
    }
    return recorded;
  }

  private void record(Settings settings) {
    underWay++;
    journal
        .append(
            List.of(
                new Entry.SettingsAccepted(
                    time.instant(), watcher, settings.hash(), settings.estate())))
        .whenComplete((state, fault) -> recorded(settings, Optional.ofNullable(fault)));
  }

  private synchronized void recorded(Settings settings, Optional<Throwable> fault) {
    underWay--;
    wasInForce |= fault.isEmpty() && settings.equals(wanted);
    fault.ifPresent(
        why ->
            LOG.error(
                "The settings could not be recorded, so those before stay in force; it is tried"
                    + " again",
                why));
    if (wanted != null) {
      settled(wanted);
    }
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
