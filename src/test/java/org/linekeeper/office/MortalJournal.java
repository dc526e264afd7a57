package org.linekeeper.office;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/**
 * Ends the process, as kill -9 would, just before or just after the nth append of a kind since it
 * was told to; and tells of each that was committed.
 */
final class MortalJournal implements Journal {
  /** Which appends are counted: those that decide something, or the verdicts before them. */
  enum Kind {
    DECIDING(
        entry ->
            !(entry instanceof Entry.Noted
                || entry instanceof Entry.VerdictNoted
                || entry instanceof Entry.AlertSent)),
    VERDICT(entry -> entry instanceof Entry.VerdictNoted);

    private final Predicate<Entry> counts;

    Kind(Predicate<Entry> counts) {
      this.counts = counts;
    }
  }

  /** The end: before or after that append, 1 the first. */
  record Doom(boolean before, Kind kind, int place) {}

  private final Journal real;
  private final Consumer<String> committed;
  private Doom doom = new Doom(true, Kind.DECIDING, Integer.MAX_VALUE);
  private int seen;
  private int underWay;

  MortalJournal(Journal real, Consumer<String> committed) {
    this.real = real;
    this.committed = committed;
  }

  synchronized void doom(Doom wanted) {
    doom = wanted;
    seen = 0;
  }

  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    int place = 0;
    Doom now;
    synchronized (this) {
      now = doom;
      if (entries.stream().anyMatch(now.kind.counts)) {
        place = ++seen;
      }
      underWay++;
    }
    boolean last = place == now.place;
    if (last && now.before) {
      Runtime.getRuntime().halt(137);
    }
    return real.append(entries)
        .thenApply(
            state -> {
              if (last) {
                Runtime.getRuntime().halt(137);
              }
              committed.accept(label(entries));
              return state;
            })
        .whenComplete((state, fault) -> over());
  }

  private synchronized void over() {
    underWay--;
    notifyAll();
  }

  /** The state shows a commit a moment before whoever asked for it is told. */
  synchronized void awaitTold() throws InterruptedException {
    for (int i = 0; underWay > 0 && i < 100; i++) {
      wait(20);
    }
  }

  private static String label(List<Entry> entries) {
    return new ArrayList<>(entries)
        .stream().map(entry -> entry.getClass().getSimpleName()).collect(Collectors.joining("+"));
  }

  @Override
  public State state() {
    return real.state();
  }

  @Override
  public List<Recorded> latest(int most) {
    return real.latest(most);
  }

  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    real.onCommit(listener);
  }

  @Override
  public String trouble() {
    return real.trouble();
  }

  @Override
  public String warning() {
    return real.warning();
  }

  @Override
  public void close() {
    real.close();
  }
}
