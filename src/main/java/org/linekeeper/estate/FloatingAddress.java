package org.linekeeper.estate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address to which phones and carrier send their calls, whichever PBX serves. On a normal day it
 * is the primary's; this watcher, which stands on the standby's host, borrows it there.
 *
 * @param borrower the PBX on whose host this watcher stands
 * @param addresses each with the length of its prefix, such as {@code 192.0.2.100/24}; they move
 *     together
 * @param device the interface on the borrower's host
 * @param tenure the kernel drops the addresses so long after Linekeeper last said that they are to
 *     stay; whole seconds, since that is what the kernel counts in
 * @param fence makes sure that the primary's host does not have them any more
 * @param release asks the primary's host to let go of them, if there is a way to ask it
 * @param take gives them back to the primary's host, if there is a way to ask it
 */
public record FloatingAddress(
    PbxId borrower,
    List<String> addresses,
    String device,
    Duration tenure,
    HostCommand fence,
    Optional<HostCommand> release,
    Optional<HostCommand> take) {
  /**
   * As shipped. A watcher that was killed is up again within it: 2 s until systemd starts it, 5 s
   * to start, 1 s until the journal has a leader, and room for a slow day. Nobody waits for it to
   * pass: with one watcher it is a fence or a release that makes the address free, never the time.
   */
  public static final Duration TENURE = Duration.ofSeconds(15);

  /** Copies its list. */
  public FloatingAddress {
    addresses = List.copyOf(addresses);
  }

  /** What callers wait for when the primary's host is to be without the address. */
  public List<HostCommand> freeing() {
    return Stream.concat(release.stream(), Stream.of(fence)).toList();
  }

  /** Whether it can be moved while both hosts are well. */
  public boolean movesByHand() {
    return release.isPresent() && take.isPresent();
  }
}
