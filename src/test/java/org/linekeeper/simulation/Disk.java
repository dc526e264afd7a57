package org.linekeeper.simulation;

import java.util.ArrayList;
import java.util.List;
import org.linekeeper.state.Entry;

/** What a watcher finds again after it was killed: only what was synced. */
final class Disk {
  /** One place in the log. */
  record Item(long term, String call, List<Entry> entries) {}

  private final World world;
  private final Counters counters;
  private final double slowest;
  private long syncedAt;
  private long term;
  private String voted = "";
  private List<Item> log = List.of();
  private int committed;

  /** With one committed item. */
  Disk(World world, Counters counters, Item first) {
    this.world = world;
    this.counters = counters;
    this.slowest = world.chance(0.2) ? 50 : 6;
    this.log = List.of(first);
    this.term = first.term();
    this.committed = 1;
  }

  long term() {
    return term;
  }

  String voted() {
    return voted;
  }

  List<Item> log() {
    return new ArrayList<>(log);
  }

  /** So many items were known to be committed, lately. */
  int committed() {
    return Math.min(committed, log.size());
  }

  void knows(int count) {
    committed = Math.max(committed, count - world.pick(4));
  }

  /**
   * Writes and syncs, one after the other, and calls back; if the process is gone by then, not.
   *
   * @param items not to be changed any more
   */
  void save(Life life, long newTerm, String vote, List<Item> items, Runnable done) {
    long takes = world.chance(0.004) ? world.millis(80, 900) : world.millis(0.3, slowest);
    syncedAt = Math.max(syncedAt + 1, world.now() + takes);
    world.in(
        syncedAt - world.now(),
        () -> {
          if (life.over()) {
            counters.add("restarts that lost an unsynced write");
            return;
          }
          term = newTerm;
          voted = vote;
          log = items;
          life.run(done);
        });
  }
}
