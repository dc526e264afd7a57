package org.linekeeper.journal;

import java.util.concurrent.ThreadFactory;

/** The journal's own threads: named, and never what keeps the process alive. */
final class Threads {
  private Threads() {}

  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
