package org.linekeeper.journal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Parting;

/**
 * How one journal goes on from another: this watcher's alone, when the others are lost, or another
 * watcher's, and then this one's has ended. Either way the process starts anew, so that there is
 * one way only in which a journal is opened.
 */
final class Continuation {
  /** So long the person who asked is given an answer before the process ends. */
  private static final long ANSWERED_MS = 1_000;

  private final JournalDisk disk;
  private final EntryMachine machine;
  private final RatisNode node;
  private final InstantSource clock;
  private final CompletableFuture<Throwable> broken;
  private volatile boolean over;

  /**
   * @param broken completed when the process has to start anew
   */
  Continuation(
      JournalDisk disk,
      EntryMachine machine,
      RatisNode node,
      InstantSource clock,
      CompletableFuture<Throwable> broken) {
    this.disk = disk;
    this.machine = machine;
    this.node = node;
    this.clock = clock;
    this.broken = broken;
  }

  /** Whether this journal has ended, or is about to be gone on from: nothing is begun any more. */
  boolean over() {
    return over;
  }

  /**
   * Whether Ratis has closed itself, which it can without telling anybody: only looking shows it.
   * What is closed to go on alone is not that, also not if it was begun during this look.
   */
  boolean closedItself() {
    boolean closed = !node.alive();
    return closed && !over; // in this order: it is over before it is closed
  }

  /** Whether this watcher went on alone, and the journal does not tell of it yet. */
  boolean owes() {
    return unrecorded().isPresent();
  }

  /** Whether others may be taken in. */
  boolean mayGrow() {
    return disk.directory().marker().unrecorded().isEmpty();
  }

  /** Which journal is kept here; empty if none yet. */
  Optional<Lineage> lineage() {
    return node.group()
        .map(
            journal -> {
              List<Parting> partings = new ArrayList<>(machine.state().partings());
              unrecorded().ifPresent(partings::add);
              return new Lineage(journal.getUuid(), partings);
            });
  }

  private Optional<Parting> unrecorded() {
    return disk.directory().marker().unrecorded().filter(parting -> !tells(parting));
  }

  private boolean tells(Parting parting) {
    return machine.state().partings().contains(parting);
  }

  /**
   * Has the journal tell that this watcher went on alone, once it can.
   *
   * @param append of entries; may be asked again, should they not have been written
   */
  void record(Consumer<List<Entry>> append) {
    Optional<Parting> parting = disk.directory().marker().unrecorded();
    if (parting.isEmpty() || !node.ready()) {
      return;
    }
    if (tells(parting.get())) {
      disk.directory().recorded();
    } else {
      append.accept(List.of(new Entry.WentAlone(clock.instant(), parting.get())));
    }
  }

  /**
   * Goes on alone: stops, so that this watcher votes and writes for the others no more, then marks
   * the directory, in one rename, for a journal of which it is the only member. Blocks.
   *
   * @throws RuntimeException if that is not certain; the process starts anew all the same
   */
  synchronized void part(Actor by) {
    UUID before =
        lineage().orElseThrow(() -> new IllegalStateException("there is no journal")).journal();
    over = true;
    try {
      node.close();
      Parting parting =
          new Parting(before, disk.directory().marker().watcher(), by, clock.instant());
      disk.directory().goOnAlone(UUID.randomUUID(), parting);
      startAnew(by + " has this watcher go on alone: it starts anew.");
    } catch (RuntimeException fault) {
      startAnew("This watcher was to go on alone, and could not: " + fault + ". It starts anew.");
      throw fault;
    }
  }

  private void startAnew(String why) {
    broken.completeOnTimeout(new StartAnew(why), ANSWERED_MS, TimeUnit.MILLISECONDS);
  }

  /** Another watcher went on alone from the journal that is kept here: this process ends. */
  synchronized void end(Parting parting) {
    if (over) {
      return;
    }
    over = true;
    JournalRefused ended = disk.directory().ended(parting);
    try {
      disk.directory().end(parting);
    } finally {
      // should it not have been written, it is learnt again
      broken.complete(ended);
    }
  }
}
