package org.linekeeper.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PbxId;

/**
 * The watchers that keep the journal together.
 *
 * @param watchers all three, this one among them, in the order of the file; the first one begins
 *     the journal when none of them has one
 * @param keys the directory with this watcher's key, as the command {@code keys} makes it
 * @param bind the address on which this watcher listens for the others; empty for every one
 * @param port where it listens for them, which need not be where they connect to
 */
public record Peers(List<Peer> watchers, Path keys, Optional<String> bind, int port) {
  /** Not well known for anything else. */
  static final int PORT = 7070;

  /** Copies its list. */
  public Peers {
    watchers = List.copyOf(watchers);
  }

  /**
   * One of them.
   *
   * @param name as it calls itself
   * @param host where the others reach it
   * @param port where the others reach it
   * @param failureDomain what it goes down with; no two have the same
   * @param beside the PBX on whose host it stands; empty for one that stands elsewhere
   */
  public record Peer(
      String name, String host, int port, String failureDomain, Optional<PbxId> beside) {}
}
