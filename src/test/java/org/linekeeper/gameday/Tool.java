package org.linekeeper.gameday;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What brings the calls to the standby. */
enum Tool {
  /** As shipped, profile lan; callers are the carrier's, which hunts over both PBXs. */
  LINEKEEPER("Linekeeper, carrier routing"),
  /** As shipped, profile lan, on the standby's host; callers know one address. */
  LINEKEEPER_ADDRESS("Linekeeper, floating address"),
  /** As shipped, profile lan, three of them; they agree on the address, and nobody is fenced. */
  LINEKEEPER_THREE("Linekeeper, three watchers"),
  /** Check every 2 s by the Asterisk console, two failures, an announcement every second. */
  KEEPALIVED_USUAL("keepalived, usual"),
  /** An announcement every 50 ms, OPTIONS every second and one failure, the process followed. */
  KEEPALIVED_TUNED("keepalived, tuned");

  private final String words;

  Tool(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isLinekeeper() {
    return name().startsWith("LINEKEEPER");
  }

  /** Makes it ready for its first fault. */
  Standby start(House house) throws Exception {
    return switch (this) {
      case LINEKEEPER -> LinekeeperSide.start(house);
      case LINEKEEPER_ADDRESS -> AddressSide.start(house);
      case LINEKEEPER_THREE -> ThreeSide.start(house);
      case KEEPALIVED_USUAL -> KeepalivedSide.start(house, false);
      case KEEPALIVED_TUNED -> KeepalivedSide.start(house, true);
    };
  }

  /** A tool at work. */
  interface Standby extends AutoCloseable {
    /** What has to be so at the moment of the fault, if anything; it is struck at once. */
    default void beforeStriking(BenchFault fault) {}

    /** What has to be done before the fault is mended, if anything. */
    default void beforeMending(BenchFault fault) {}

    /** Makes the primary serve again, once the fault is mended. */
    void primaryServesAgain() throws Exception;

    /** Follows the address, for a tool that moves one; empty if this one does not. */
    default Optional<Trail> trail() {
      return Optional.empty();
    }

    /** What the tool itself says of a switch, in microseconds from that moment. */
    default Map<String, Long> ownSteps(Instant struck) {
      return Map.of();
    }

    /** Of each of its processes, by name; empty for a tool of which that is not asked. */
    default Map<String, Memory> memory() {
      return Map.of();
    }

    @Override
    void close();
  }
}
