package org.linekeeper.service;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.settings.Peers;

/**
 * Does this watcher stand where it should? A watcher that is alone must not die with the primary;
 * of three each has its own place. A container has addresses of its own, so one that runs on a
 * PBX's machine is not found out.
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
    return here(primary)
        .map(
            here ->
                here
                    ? CheckResult.warning(
                        WHAT,
                        primary
                            + " is this machine: the watcher stands beside the primary, and dies"
                            + " with it",
                        "Run it beside the standby or on a third machine.")
                    : CheckResult.ok(WHAT, "not on the primary's machine, " + primary))
        .orElseGet(
            () ->
                CheckResult.warning(
                    WHAT,
                    "nobody can tell whether it is the primary's machine: "
                        + primary
                        + " is not in the DNS",
                    "Correct the primary's host in linekeeper.yml, or write its address."));
  }

  /**
   * Of one of three: beside the PBX that it is named for, and else beside none that has another
   * watcher.
   *
   * @param self this watcher's name
   * @param hosts by PBX, name or address of its AMI
   * @param leased whether the watchers beside the PBXs take a floating address there
   */
  static CheckResult among(Peers peers, String self, Map<PbxId, String> hosts, boolean leased) {
    SortedMap<PbxId, String> besides = new TreeMap<>();
    peers.watchers().forEach(peer -> peer.beside().ifPresent(pbx -> besides.put(pbx, peer.name())));
    for (Map.Entry<PbxId, String> host : hosts.entrySet()) {
      String name = besides.getOrDefault(host.getKey(), "");
      Optional<Boolean> here = here(host.getValue());
      if (here.isEmpty()) {
        return CheckResult.warning(
            WHAT,
            "nobody can tell whether it is "
                + host.getKey()
                + "'s machine: "
                + host.getValue()
                + " is not in the DNS",
            "Correct its host in linekeeper.yml, or write its address.");
      }
      if (name.equals(self)) {
        return here.get()
            ? CheckResult.ok(WHAT, "on " + host.getKey() + "'s machine, " + host.getValue())
            : elsewhere(host.getKey(), host.getValue(), leased);
      }
      if (here.get() && !name.isEmpty()) {
        return CheckResult.failure(
            WHAT,
            host.getValue()
                + " is this machine, and "
                + name
                + " stands there, too: if it dies two watchers of three do, and nothing is done for"
                + " the phones any more",
            "Run it on a machine of its own; or if it is to be "
                + name
                + ", correct name under watcher.");
      }
    }
    return CheckResult.ok(WHAT, "on no machine of a PBX that another watcher stands beside");
  }

  private static CheckResult elsewhere(PbxId pbx, String host, boolean leased) {
    String said =
        host + " is not this machine, though \"watchers\" says that this one is beside " + pbx;
    String remedy =
        "Run it on "
            + pbx
            + "'s host, in its network namespace (in a container with network_mode:"
            + " host), or correct \"beside\" on all three.";
    return leased
        ? CheckResult.failure(
            WHAT, said + ": the floating address would be taken where " + pbx + " is not", remedy)
        : CheckResult.warning(WHAT, said, remedy);
  }

  /** Empty if that host is not known. */
  private static Optional<Boolean> here(String host) {
    try {
      return Optional.of(Stream.of(InetAddress.getAllByName(host)).anyMatch(Place::here));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
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
