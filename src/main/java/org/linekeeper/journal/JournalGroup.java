package org.linekeeper.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Watchers that keep one journal together.
 *
 * @param here this watcher
 * @param others the others
 * @param keys with which they know each other
 * @param begins whether this watcher begins the journal when none of them has one; true for exactly
 *     one of them
 * @param bind the address on which this watcher listens; empty for every one
 * @param port where it listens, which need not be that of its seat: ports can be forwarded
 */
public record JournalGroup(
    Seat here, List<Seat> others, Keys keys, boolean begins, Optional<String> bind, int port) {
  /**
   * Where one of them is.
   *
   * @param watcher its name
   * @param host where the others reach it
   * @param port where the others reach it
   * @param preference of those that could lead, the one with the highest does
   */
  public record Seat(String watcher, String host, int port, int preference) {}

  /**
   * Files in PEM.
   *
   * @param certificate this watcher's, with the host of its seat in it
   * @param key of the certificate, in PKCS#8, not encrypted
   * @param authority that has signed the certificates of all of them, and of nobody else
   */
  public record Keys(Path certificate, Path key, Path authority) {}

  /** Copies its list. */
  public JournalGroup {
    others = List.copyOf(others);
  }

  /** This one and the others. */
  List<Seat> all() {
    return Stream.concat(Stream.of(here), others.stream()).toList();
  }
}
