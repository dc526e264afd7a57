package org.linekeeper.estate;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An address to which phones and carrier send their calls, whichever PBX serves. On a normal day it
 * is the primary's; a watcher that is alone, and stands on the standby's host, borrows it there.
 * Where several watchers agree on whose it is, each PBX has one on its host, and none of them owns
 * it.
 *
 * @param borrower the PBX on whose host this watcher stands
 * @param addresses each with the length of its prefix, such as {@code 192.0.2.100/24}; they move
 *     together
 * @param device the interface on the borrower's host
 * @param tenure the kernel drops the addresses so long after Linekeeper last said that they are to
 *     stay; whole seconds, since that is what the kernel counts in
 * @param fence makes sure that the primary's host does not have them any more; empty only where
 *     several watchers agree
 * @param release asks the primary's host to let go of them, if there is a way to ask it
 * @param take gives them back to the primary's host, if there is a way to ask it
 * @param besides by PBX, the watcher on its host, where several agree; else empty, and in journals
 *     that are older than that
 * @param keeps where several watchers agree, whether a host goes on having them while they cannot:
 *     then another one takes them only when it is known to have let go
 */
public record FloatingAddress(
    PbxId borrower,
    List<String> addresses,
    String device,
    Duration tenure,
    Optional<HostCommand> fence,
    Optional<HostCommand> release,
    Optional<HostCommand> take,
    SortedMap<PbxId, String> besides,
    boolean keeps) {
  /**
   * As shipped. A watcher that was killed is up again within it: 2 s until systemd starts it, 5 s
   * to start, 1 s until the journal has a leader, and room for a slow day. Nobody waits for it to
   * pass: with one watcher it is a fence or a release that makes the address free, never the time.
   */
  public static final Duration TENURE = Duration.ofSeconds(15);

  /** Copies its list and its map. */
  public FloatingAddress {
    addresses = List.copyOf(addresses);
    besides = Collections.unmodifiableSortedMap(new TreeMap<>(besides));
  }

  /** Whether several watchers agree on whose it is. */
  public boolean leased() {
    return !besides.isEmpty();
  }

  /** The PBX on whose host that watcher stands. */
  public Optional<PbxId> besideWatcher(String watcher) {
    return besides.entrySet().stream()
        .filter(each -> each.getValue().equals(watcher))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What callers wait for when the primary's host is to be without the address. */
  public List<HostCommand> freeing() {
    return Stream.concat(release.stream(), fence.stream()).toList();
  }

  /** Whether it can be moved while both hosts are well. */
  public boolean movesByHand() {
    return leased() || release.isPresent() && take.isPresent();
  }
}
