package org.linekeeper.service;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.linekeeper.check.CheckResult;

/**
 * Does this watcher stand on the primary's own machine, and die with it? A container has addresses
 * of its own, so one that runs on that machine is not found out.
 */
final class Place {
  private static final String WHAT = "place of this watcher";

  private Place() {}

  /**
   * Compares the primary's address with all of this machine's.
   *
   * @param primary name or address of the primary's AMI
   */
  static CheckResult beside(String primary) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(primary);
    } catch (UnknownHostException e) {
      return CheckResult.warning(
          WHAT,
          "nobody can tell whether it is the primary's machine: " + primary + " is not in the DNS",
          "Correct the primary's host in linekeeper.yml, or write its address.");
    }
    return Stream.of(addresses).anyMatch(Place::here)
        ? CheckResult.warning(
            WHAT,
            primary + " is this machine: the watcher stands beside the primary, and dies with it",
            "Run it beside the standby or on a third machine.")
        : CheckResult.ok(WHAT, "not on the primary's machine, " + primary);
  }

  private static boolean here(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false; // what cannot be listed is no address of ours
    }
  }
}
