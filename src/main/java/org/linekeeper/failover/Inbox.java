package org.linekeeper.failover;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was seen since the latest turn, in the order in which it was told. Good news waits here for
 * the next turn, which is 20 ms away at most, and wakes nobody: two hundred PBXs have four thousand
 * a second. That this watcher itself stood still is put in here too, since it must come before what
 * was seen after it.
 */
final class Inbox {
  /** Room for the reports of 200 PBXs in ten seconds; beyond it further reports are dropped. */
  static final int MOST_REPORTS = 50_000;

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  /** Puts it in, from any thread; not if nobody has emptied this for far too long. */
  void report(Runnable news) {
    if (size.get() < MOST_REPORTS) {
      put(news);
    } else {
      dropped.incrementAndGet();
    }
  }

  /** Puts it in, from any thread. */
  void put(Runnable news) {
    size.incrementAndGet();
    waiting.add(news);
  }

  /** Takes in all that waits, on the control thread. */
  void empty() {
    for (Runnable news = waiting.poll(); news != null; news = waiting.poll()) {
      size.decrementAndGet();
      news.run();
    }
  }

  /** How many reports were thrown away; stays 0 unless something is wrong. */
  long dropped() {
    return dropped.get();
  }
}
