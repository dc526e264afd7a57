package org.linekeeper.probe;

import java.util.Optional;
import java.util.OptionalInt;
import org.linekeeper.asterisk.CallLimit;

/**
 * Has a PBX room for a call that is only a test? As its call limit was seen last, a few seconds
 * ago; one that nobody has seen has room, since then nobody knows of a limit.
 */
final class Room {
  /** Left free for callers. A call takes two channels, and few test calls are up at a time. */
  static final int SPARE_CALLS = 5;

  private volatile Optional<CallLimit> latest = Optional.empty();

  void saw(CallLimit limit) {
    latest = Optional.of(limit);
  }

  boolean enough() {
    return latest.stream().noneMatch(Room::tight);
  }

  static boolean tight(CallLimit limit) {
    OptionalInt most = limit.limit();
    return most.isPresent() && most.getAsInt() - limit.up() < SPARE_CALLS;
  }
}
