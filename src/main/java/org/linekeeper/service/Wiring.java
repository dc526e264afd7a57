package org.linekeeper.service;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.linekeeper.actuator.dns.DnsAccess;
import org.linekeeper.actuator.dns.DnsNames;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.Ringing;
import org.linekeeper.carrier.twilio.TwilioSettings;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.net.IoLoop;
import org.linekeeper.probe.OwnLiveness;
import org.linekeeper.probe.PbxProber;
import org.linekeeper.probe.Scope;
import org.linekeeper.probe.SipAccess;
import org.linekeeper.routing.TargetRules;
import org.linekeeper.settings.CarrierAccess;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.NameServer;
import org.linekeeper.settings.PbxAccess;
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

  static PbxProber prober(
      Settings settings,
      PbxLink link,
      Workers workers,
      IoLoop loop,
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
        loop,
        liveness,
        sink);
  }

  static SipAccess sip(PbxId pbx, PbxAccess access) {
    PbxAccess.Sip sip = access.sip();
    SipTransport transport =
        switch (sip.transport()) {
          case UDP -> SipTransport.UDP;
          case TCP -> SipTransport.TCP;
        };
    return new SipAccess(pbx, sip.host(), sip.port(), transport, Optional.empty());
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
