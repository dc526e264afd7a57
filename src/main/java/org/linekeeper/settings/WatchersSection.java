package org.linekeeper.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.settings.Peers.Peer;

/**
 * {@code watchers:} in linekeeper.yml: three that keep the journal together, so that none of them
 * can be missed. Two would stop when either of them does.
 */
final class WatchersSection {
  private static final int THREE = 3;
  private static final Path KEYS = Path.of("/etc/linekeeper/watchers");

  private final Section section;
  private final List<Pbx> pbxs;
  private final List<Peer> peers = new ArrayList<>();
  private final Map<String, String> domains = new HashMap<>();
  private final Map<PbxId, String> besides = new HashMap<>();
  private final Map<String, String> seats = new HashMap<>();

  private WatchersSection(Section section, List<Pbx> pbxs) {
    this.section = section;
    this.pbxs = pbxs;
  }

  /**
   * @param self this watcher's name
   * @param here {@code watcher:}, with what is not the same on each
   * @param directory of the settings files
   */
  static Optional<Peers> read(
      Section section, String self, Section here, Path directory, List<Pbx> pbxs) {
    return new WatchersSection(section, pbxs).read(self, here, directory);
  }

  private Optional<Peers> read(String self, Section here, Path directory) {
    Path keys = here.optional("keys").flatMap(v -> v.path(directory)).orElse(KEYS);
    Optional<String> bind =
        here.optional("bind").flatMap(v -> v.matching(PbxSection.HOST, "write an address of here"));
    Optional<Integer> port = here.optional("port").flatMap(v -> v.number(1, 65535));
    section.eachNamed(this::watcher);
    if (!section.present()) {
      return Optional.empty();
    }
    if (section.names().size() != THREE) {
      section.wrong(
          "\"watchers\" names "
              + section.names().size()
              + ": Linekeeper runs as one watcher or as three, since two stop when either does",
          "name three, or remove \"watchers\"");
    } else if (!section.names().contains(self)) {
      section.wrong(
          "this watcher is called " + Problem.quote(self) + ", and \"watchers\" does not name it",
          "write name: under watcher: as it is called here; it may be ${env:NAME}");
    }
    return Optional.of(new Peers(peers, keys, bind, port.orElseGet(() -> seat(self))));
  }

  /** Where the others connect to, which is where it listens unless the files say otherwise. */
  private int seat(String self) {
    return peers.stream()
        .filter(peer -> peer.name().equals(self))
        .findFirst()
        .map(Peer::port)
        .orElse(Peers.PORT);
  }

  private void watcher(String name, Value value) {
    boolean good = Names.good(value, name, "a watcher");
    Section entry = value.section();
    Optional<String> host =
        entry
            .required("host", "where the other watchers reach it")
            .flatMap(v -> v.matching(PbxSection.HOST, PbxSection.HOST_REMEDY));
    Optional<Value> portValue = entry.optional("port");
    int port = portValue.flatMap(v -> v.number(1, 65535)).orElse(Peers.PORT);
    Optional<String> domain =
        entry
            .required(
                "failure-domain", "the power, host or building together with which it goes down")
            .flatMap(v -> v.text().flatMap(text -> domain(v, text, name)));
    Optional<PbxId> beside = entry.optional("beside").flatMap(v -> beside(v, name));
    host.ifPresent(h -> alone(value, h + ":" + port, name, seats, SEAT));
    entry.close();
    if (good && host.isPresent() && domain.isPresent()) {
      peers.add(new Peer(name, host.get(), port, domain.get(), beside));
    }
  }

  /** Two that differ only in how they are written are one. */
  private Optional<String> domain(Value value, String text, String name) {
    return alone(value, text.strip().toLowerCase(Locale.ROOT), name, domains, DOMAIN)
        .map(any -> text);
  }

  private static final String DOMAIN =
      "place them so that whatever fails takes down one watcher at most";
  private static final String SEAT = "give each watcher a host of its own, or at least a port";

  private static <T> Optional<T> alone(
      Value value, T what, String name, Map<T, String> taken, String remedy) {
    String other = taken.putIfAbsent(what, name);
    if (other == null) {
      return Optional.of(what);
    }
    value.wrong(
        Problem.quote(what.toString())
            + " is what "
            + Problem.quote(other)
            + " has too: one failure would take both",
        remedy);
    return Optional.empty();
  }

  private Optional<PbxId> beside(Value value, String name) {
    return value
        .text()
        .flatMap(
            text ->
                pbxs.stream()
                    .map(Pbx::id)
                    .filter(id -> id.name().equals(text))
                    .findFirst()
                    .or(() -> value.refused(text, "name one of the PBXs")))
        .flatMap(
            pbx ->
                alone(
                    value,
                    pbx,
                    name,
                    besides,
                    "one watcher beside each PBX, and the third elsewhere"));
  }
}
