package org.linekeeper.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.secret.Secret;

/** {@code dns:} under {@code failover:}. */
final class DnsSection {
  private static final String HOST = "[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})";
  private static final Duration TTL = Duration.ofSeconds(30);

  final Optional<NameServer> server;
  final List<ServiceName> names = new ArrayList<>();

  private final List<Pbx> pbxs;
  private final Optional<String> zone;
  private final Duration ttl;

  DnsSection(Section section, List<Pbx> pbxs) {
    this.pbxs = pbxs;
    Optional<String> address =
        section
            .required("server", "the address of the zone's primary name server")
            .flatMap(DnsSection::address);
    int port = section.optional("port").flatMap(v -> v.number(1, 65535)).orElse(NameServer.PORT);
    zone =
        section
            .required("zone", "the zone that is updated, such as office.example")
            .flatMap(DnsSection::host);
    ttl =
        section
            .optional("ttl")
            .flatMap(v -> v.duration(Duration.ofSeconds(1), Duration.ofHours(1)))
            .orElse(TTL);
    Duration timeout =
        section
            .optional("timeout")
            .flatMap(v -> v.duration(Duration.ofMillis(100), Duration.ofSeconds(20)))
            .orElse(NameServer.TIMEOUT);
    Section key = section.present() ? section.requiredSection("key", KEY) : section.section("key");
    Optional<String> keyName =
        key.required("name", "the key's name on the server").flatMap(DnsSection::host);
    NameServer.Algorithm algorithm =
        key.optional("algorithm")
            .flatMap(v -> v.choice(NameServer.Algorithm.class))
            .orElse(NameServer.Algorithm.HMAC_SHA256);
    Optional<Secret> secret = key.required("secret", "${env:NAME}").flatMap(DnsSection::secret);
    key.close();
    section.requiredSection("names", "the records that follow the service").eachNamed(this::name);
    section.close();
    server =
        address.isPresent() && keyName.isPresent() && secret.isPresent()
            ? Optional.of(
                new NameServer(
                    address.get(), port, keyName.get(), algorithm.word(), secret.get(), timeout))
            : Optional.empty();
  }

  private static final String KEY = "with name and secret";

  private void name(String label, Value value) {
    boolean good = Names.good(value, label, "a record");
    Section entry = value.section();
    Optional<String> name =
        entry
            .required("name", "sip.office.example")
            .flatMap(DnsSection::host)
            .map(DnsSection::bare);
    Optional<Value> nameValue = entry.optional("name");
    Optional<ServiceName.Type> type =
        entry.required("type", "a, aaaa or srv").flatMap(v -> v.choice(ServiceName.Type.class));
    SortedMap<PbxId, List<String>> values = new TreeMap<>();
    Section texts = entry.requiredSection("values", "what it says while each PBX serves");
    texts.eachNamed((pbx, v) -> values.put(new PbxId(pbx), values(pbx, v, type)));
    entry.close();
    for (Pbx pbx : pbxs) {
      if (texts.present() && !values.containsKey(pbx.id())) {
        texts.wrong(
            "\"values\" does not say what the record is while " + pbx.id() + " serves",
            "add " + pbx.id() + ": VALUE");
      }
    }
    if (name.isPresent() && zone.isPresent() && !inZone(name.get(), bare(zone.get()))) {
      nameValue
          .orElse(value)
          .wrong(
              Problem.quote(name.get()) + " is not in the zone " + zone.get(),
              "correct one of them");
    }
    if (good && name.isPresent() && type.isPresent() && zone.isPresent()) {
      names.add(new ServiceName(bare(zone.get()), name.get(), type.get(), ttl.toSeconds(), values));
    }
  }

  private List<String> values(String pbx, Value value, Optional<ServiceName.Type> type) {
    if (pbxs.stream().noneMatch(known -> known.id().name().equals(pbx))) {
      value.wrong(
          Problem.quote(pbx) + " is no PBX",
          Suggest.remedy(pbx, pbxs.stream().map(p -> p.id().name()).toList()));
    }
    return value.list().stream()
        .map(item -> item.text().flatMap(text -> right(item, text, type)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> right(Value item, String text, Optional<ServiceName.Type> type) {
    if (type.isEmpty()) {
      return Optional.of(text);
    }
    return switch (type.get()) {
      case A -> IpText.v4(text) ? Optional.of(text) : item.refused(text, "write an IPv4 address");
      case AAAA ->
          IpText.v6(text) ? Optional.of(text) : item.refused(text, "write an IPv6 address");
      case SRV ->
          text.matches("[0-9]{1,5} [0-9]{1,5} [0-9]{1,5} " + HOST)
              ? Optional.of(text)
              : item.refused(
                  text, "write priority, weight, port and host: 10 10 5060 pbx-a.office.example");
    };
  }

  private static Optional<String> address(Value value) {
    return value
        .text()
        .flatMap(
            text ->
                IpText.address(text)
                    ? Optional.of(text)
                    : value.refused(
                        text, "write its address: a name would have to be found in the DNS first"));
  }

  private static Optional<String> host(Value value) {
    return value.matching(HOST, "write a full name, such as sip.office.example");
  }

  private static Optional<Secret> secret(Value value) {
    Optional<Secret> secret = value.secret();
    if (secret.isPresent() && !secret.get().reveal().matches("[A-Za-z0-9+/]{8,}={0,2}")) {
      value.wrong(
          value.label() + " refers to something that is not base 64",
          "put the key there as tsig-keygen writes it, without quotes");
      return Optional.empty();
    }
    return secret;
  }

  private static String bare(String name) {
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return plain.toLowerCase(Locale.ROOT);
  }

  private static boolean inZone(String name, String zone) {
    return name.equals(zone) || name.endsWith("." + zone);
  }
}
