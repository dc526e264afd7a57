package org.linekeeper.service;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.linekeeper.actuator.dns.DnsAccess;
import org.linekeeper.actuator.dns.DnsNames;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.Ringing;
import org.linekeeper.carrier.twilio.TwilioSettings;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.journal.JournalGroup;
import org.linekeeper.journal.JournalSettings;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.mirror.Wish;
import org.linekeeper.probe.CertificateProbe;
import org.linekeeper.probe.OwnLiveness;
import org.linekeeper.probe.Pair;
import org.linekeeper.probe.PbxProber;
import org.linekeeper.probe.Scope;
import org.linekeeper.probe.SipAccess;
import org.linekeeper.routing.TargetRules;
import org.linekeeper.settings.CarrierAccess;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.MirrorSettings;
import org.linekeeper.settings.NameServer;
import org.linekeeper.settings.PbxAccess;
import org.linekeeper.settings.Peers;
import org.linekeeper.settings.Settings;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.verdict.Observation;

/** From settings to the parts' own terms. */
final class Wiring {
  private Wiring() {}

  static TwilioSettings twilio(CarrierAccess access) {
    Optional<CarrierAccess.ApiKey> key = access.apiKey();
    TwilioSettings settings =
        TwilioSettings.of(
            access.account(),
            key.map(CarrierAccess.ApiKey::sid).orElse(access.account()),
            key.map(CarrierAccess.ApiKey::secret).orElse(access.authToken()).reveal(),
            access.baseUrl(),
            access.divertUrl());
    boolean office =
        switch (access.show()) {
          case OFFICE -> true;
          case CALLER -> false;
        };
    return settings
        .withRinging(new Ringing(office, access.ring()))
        .withTimes(access.connectTimeout(), access.requestTimeout(), access.callDeadline())
        .withMostAtOnce(access.mostAtOnce());
  }

  static JournalSettings journal(Settings settings) {
    LocalSettings local = settings.local();
    JournalSettings alone =
        JournalSettings.alone(local.watcher(), local.journal())
            .withHistoryKept(local.retention().journal());
    return local.peers().map(peers -> alone.with(group(peers, settings))).orElse(alone);
  }

  private static JournalGroup group(Peers peers, Settings settings) {
    String self = settings.local().watcher();
    List<JournalGroup.Seat> seats =
        peers.watchers().stream()
            .map(
                peer ->
                    new JournalGroup.Seat(
                        peer.name(), peer.host(), peer.port(), preference(peer, settings.estate())))
            .toList();
    return new JournalGroup(
        seats.stream().filter(seat -> seat.watcher().equals(self)).findFirst().orElseThrow(),
        seats.stream().filter(seat -> !seat.watcher().equals(self)).toList(),
        PeerKeys.of(peers.keys(), self),
        peers.watchers().get(0).name().equals(self),
        peers.bind(),
        peers.port());
  }

  /** Whoever leads best does not go down with the PBX that serves, and is near the other one. */
  private static int preference(Peers.Peer peer, Estate estate) {
    return peer.beside().map(pbx -> pbx.equals(estate.primary().id()) ? 0 : 2).orElse(1);
  }

  static List<PbxLink> links(LocalSettings local, Workers workers) {
    return local.pbxs().entrySet().stream()
        .map(entry -> new PbxLink(ami(entry.getKey(), entry.getValue()), local.profile(), workers))
        .toList();
  }

  static AmiAccess ami(PbxId pbx, PbxAccess access) {
    PbxAccess.Ami ami = access.ami();
    return new AmiAccess(
        pbx, ami.host(), ami.port(), ami.tls(), ami.trust(), ami.user(), ami.password());
  }

  /** One for each PBX that has an AMI user for its AstDB. */
  static List<AstDb> databases(LocalSettings local, Workers workers, AstDb.Listener listener) {
    return local.mirror().logins().entrySet().stream()
        .map(
            login ->
                new AstDb(
                    astDb(
                        login.getKey(),
                        Objects.requireNonNull(local.pbxs().get(login.getKey())),
                        login.getValue()),
                    local.profile(),
                    workers,
                    listener))
        .toList();
  }

  static AmiAccess astDb(PbxId pbx, PbxAccess access, MirrorSettings.Login login) {
    PbxAccess.Ami ami = access.ami();
    return new AmiAccess(
        pbx, ami.host(), ami.port(), ami.tls(), ami.trust(), login.user(), login.password());
  }

  static Wish wish(MirrorSettings mirror) {
    return new Wish(mirror.contacts(), mirror.families(), mirror.queues(), mirror.every());
  }

  static PbxProber prober(
      Settings settings,
      PbxLink link,
      Workers workers,
      OwnLiveness liveness,
      Consumer<Observation> sink) {
    LocalSettings local = settings.local();
    PbxAccess access = Objects.requireNonNull(local.pbxs().get(link.pbx()));
    List<String> registrations =
        settings.estate().pbx(link.pbx()).map(Pbx::registrations).orElse(List.of());
    return new PbxProber(
        link,
        sip(link.pbx(), access),
        new Scope(Optional.of(access.inboundContext()), registrations),
        local.profile(),
        workers,
        workers.loop(),
        liveness,
        sink);
  }

  /** Of exactly two PBXs; empty if either is not to call the other. */
  static Optional<Pair> pair(LocalSettings local, List<PbxProber> probers, Workers workers) {
    if (probers.size() != 2) {
      return Optional.empty();
    }
    PbxProber one = probers.get(0);
    PbxProber other = probers.get(1);
    return peer(local, one)
        .flatMap(
            onePeer ->
                peer(local, other)
                    .map(
                        otherPeer ->
                            new Pair(one, onePeer, other, otherPeer, local.profile(), workers)));
  }

  private static Optional<String> peer(LocalSettings local, PbxProber prober) {
    return Objects.requireNonNull(local.pbxs().get(prober.pbx())).peerEndpoint();
  }

  static SipAccess sip(PbxId pbx, PbxAccess access) {
    PbxAccess.Sip sip = access.sip();
    SipTransport transport =
        switch (sip.transport()) {
          case UDP -> SipTransport.UDP;
          case TCP -> SipTransport.TCP;
          case TLS -> SipTransport.TLS;
        };
    return new SipAccess(pbx, sip.host(), sip.port(), transport, Optional.empty(), sip.trust());
  }

  static CertificateProbe certificates(
      PbxId pbx, PbxAccess access, Workers workers, InstantSource clock) {
    return new CertificateProbe(
        ami(pbx, access), sip(pbx, access), access.sip().certificateWarning(), clock, workers);
  }

  static DnsNames names(NameServer server) {
    return new DnsNames(
        new DnsAccess(
            server.address(),
            server.port(),
            server.keyName(),
            server.algorithm(),
            server.secret(),
            server.timeout()),
        Clock.systemUTC()); // the server's clock is right as well, whatever the demo's says
  }

  static Optional<String> whyNotRing(Estate estate, PhoneNumber target) {
    return TargetRules.of(estate).refusal(target);
  }
}
