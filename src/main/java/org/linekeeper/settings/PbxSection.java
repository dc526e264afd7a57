package org.linekeeper.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.SiteId;
import org.linekeeper.secret.Secret;

/** {@code pbxs:} in linekeeper.yml: what decisions know of them, and how they are reached. */
final class PbxSection {
  static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.:-]{0,252})";
  static final String HOST_REMEDY = "write a host name or an address";
  private static final int AMI_PORT = 5038;
  private static final int AMI_TLS_PORT = 5039;
  private static final int SIP_PORT = 5060;
  private static final int SIP_TLS_PORT = 5061;
  private static final Duration SHORTEST_WARNING = Duration.ofDays(4);
  private static final Duration LONGEST_WARNING = Duration.ofDays(365);

  /** The primary first. */
  final List<Pbx> pbxs = new ArrayList<>();

  final Map<PbxId, PbxAccess> access = new LinkedHashMap<>();
  final Known sites;

  /** By PBX, the list of commands that are run when it begins to serve. */
  final Map<PbxId, Value> promoted = new LinkedHashMap<>();

  private final Path directory;
  private final Set<String> siteNames = new LinkedHashSet<>();
  private final Map<String, String> originations = new HashMap<>();
  private int primaries;

  PbxSection(Section section, Path directory) {
    this.directory = directory;
    section.eachNamed(this::pbx);
    if (section.present() && primaries != 1) {
      section.wrong(
          primaries + " PBXs have role: primary", "give it to exactly one, the others are standby");
    }
    pbxs.sort(Comparator.comparing(Pbx::role));
    sites = new Known(siteNames, section.present());
  }

  private void pbx(String name, Value value) {
    boolean good = Names.good(value, name, "a PBX");
    Section entry = value.section();
    Optional<Pbx.Role> role =
        entry.required("role", "primary or standby").flatMap(v -> v.choice(Pbx.Role.class));
    role.filter(r -> r == Pbx.Role.PRIMARY).ifPresent(r -> primaries++);
    Optional<Value> siteValue = entry.required("site", "the building or network it stands in");
    Optional<String> site =
        siteValue.flatMap(v -> v.text().filter(text -> Names.good(v, text, "a site")));
    site.ifPresent(siteNames::add);
    Optional<String> origination =
        entry.optional("origination-url").flatMap(v -> origination(v, name));
    List<String> registrations =
        entry.optional("registrations").map(Value::list).orElse(List.of()).stream()
            .map(Value::text)
            .flatMap(Optional::stream)
            .toList();
    String context =
        entry
            .optional("inbound-context")
            .flatMap(v -> v.matching("[A-Za-z0-9_-]{1,79}", "write the name of a dialplan context"))
            .orElse(PbxAccess.INBOUND_CONTEXT);
    Optional<String> peer =
        Optional.of(
                entry
                    .optional("peer-endpoint")
                    .flatMap(
                        v ->
                            v.matching(
                                "[A-Za-z0-9_-]{1,79}",
                                "write the name of a PJSIP endpoint, or off for no echo calls"))
                    .orElse(PbxAccess.PEER_ENDPOINT))
            .filter(endpoint -> !endpoint.equals("off"));
    Optional<Value> onPromote = entry.optional("on-promote");
    Optional<PbxAccess.Ami> ami = ami(entry.requiredSection("ami", "with host, user and password"));
    Optional<PbxAccess.Sip> sip = sip(entry.section("sip"), ami.map(PbxAccess.Ami::host));
    entry.close();
    if (good && role.isPresent() && site.isPresent() && ami.isPresent() && sip.isPresent()) {
      PbxId id = new PbxId(name);
      pbxs.add(
          new Pbx(id, new SiteId(site.get()), role.get(), origination.orElse(""), registrations));
      onPromote.ifPresent(list -> promoted.put(id, list));
      access.put(id, new PbxAccess(ami.get(), sip.get(), context, peer));
    }
  }

  private Optional<String> origination(Value value, String pbx) {
    Optional<String> sid =
        value.matching("OU[0-9a-fA-F]{32}", "write the carrier's SID: OU and 32 characters");
    String other = sid.map(s -> originations.putIfAbsent(s, pbx)).orElse(null);
    if (other != null) {
      value.wrong(
          value.label() + " is the one of " + Problem.quote(other) + " too",
          "give each PBX the origination URL that leads to it");
    }
    return sid;
  }

  private Optional<PbxAccess.Ami> ami(Section section) {
    Optional<String> host = section.required("host", "HOST").flatMap(PbxSection::host);
    boolean tls = section.optional("tls").flatMap(Value::yesOrNo).orElse(false);
    int port =
        section
            .optional("port")
            .flatMap(v -> v.number(1, 65535))
            .orElse(tls ? AMI_TLS_PORT : AMI_PORT);
    Optional<Path> trust = section.optional("trust").flatMap(v -> WebSection.file(v, directory));
    Optional<String> user =
        section
            .required("user", "the user in manager.conf")
            .flatMap(v -> v.matching("[^\\r\\n]{1,128}", "write it on one line"));
    Optional<Secret> password = section.required("password", "${env:NAME}").flatMap(Value::secret);
    section.close();
    return host.isPresent() && user.isPresent() && password.isPresent()
        ? Optional.of(new PbxAccess.Ami(host.get(), port, tls, trust, user.get(), password.get()))
        : Optional.empty();
  }

  private Optional<PbxAccess.Sip> sip(Section section, Optional<String> amiHost) {
    Optional<String> host = section.optional("host").flatMap(PbxSection::host).or(() -> amiHost);
    PbxAccess.Transport transport =
        section
            .optional("transport")
            .flatMap(v -> v.choice(PbxAccess.Transport.class))
            .orElse(PbxAccess.Transport.UDP);
    boolean tls = transport == PbxAccess.Transport.TLS;
    int port =
        section
            .optional("port")
            .flatMap(v -> v.number(1, 65535))
            .orElse(tls ? SIP_TLS_PORT : SIP_PORT);
    Optional<Path> trust = section.optional("trust").flatMap(v -> WebSection.file(v, directory));
    Duration warning =
        section
            .optional("certificate-warning")
            .flatMap(v -> v.duration(SHORTEST_WARNING, LONGEST_WARNING))
            .orElse(PbxAccess.CERTIFICATE_WARNING);
    section.close();
    return host.map(h -> new PbxAccess.Sip(h, port, transport, trust, warning));
  }

  private static Optional<String> host(Value value) {
    return value.matching(HOST, HOST_REMEDY);
  }
}
