package org.linekeeper.simulation;

import java.util.Optional;

/** Kills the watcher that leads at one of the moments before or after something that it does. */
final class Moments {
  private long left;
  private Optional<String> killed = Optional.empty();
  private Optional<String> moment = Optional.empty();

  /**
   * @param which the first is 1; 0 for none
   */
  Moments(long which) {
    this.left = which;
  }

  static Moments none() {
    return new Moments(0);
  }

  /** Whether that watcher is alive, now that this moment has come. */
  boolean lives(Watcher watcher, String what) {
    if (watcher.life().over()) {
      return false;
    }
    if (left == 0 || !watcher.mayAct()) {
      return true;
    }
    left--;
    if (left > 0) {
      return true;
    }
    killed = Optional.of(watcher.machine().name);
    moment = Optional.of(what);
    watcher.kill();
    return false;
  }

  /** Who was killed; empty while the moment has not come. */
  Optional<String> killed() {
    return killed;
  }

  /** What it was about. */
  Optional<String> moment() {
    return moment;
  }
}
