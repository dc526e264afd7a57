package org.linekeeper.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Takeover;

/** What {@code failover:} says about the things that move besides gates and the carrier's order. */
final class TakeoverSection {
  final Takeover takeover;
  final Optional<NameServer> nameServer;

  /**
   * @param promoted by PBX, the list of commands to be run when it begins to serve
   * @param peers the watchers, if there are several
   */
  TakeoverSection(
      Section failover, List<Pbx> pbxs, Map<PbxId, Value> promoted, Optional<Peers> peers) {
    CommandsSection commands = new CommandsSection(failover.section("commands"));
    SortedMap<PbxId, List<HostCommand>> onPromote = new TreeMap<>();
    promoted.forEach((pbx, list) -> onPromote.put(pbx, commands.list(list)));
    DnsSection dns = new DnsSection(failover.section("dns"), pbxs);
    takeover =
        new Takeover(
            AddressSection.read(
                failover.section("floating-address"),
                commands,
                pbxs,
                besides(pbxs, peers),
                peers.isEmpty()),
            dns.names,
            onPromote);
    nameServer = dns.server;
  }

  /** Only if every PBX has a watcher on its host: else somebody would have to be believed. */
  private static SortedMap<PbxId, String> besides(List<Pbx> pbxs, Optional<Peers> peers) {
    SortedMap<PbxId, String> besides = new TreeMap<>();
    peers
        .map(Peers::watchers)
        .orElse(List.of())
        .forEach(peer -> peer.beside().ifPresent(pbx -> besides.put(pbx, peer.name())));
    return besides.size() == pbxs.size() ? besides : new TreeMap<>();
  }
}
