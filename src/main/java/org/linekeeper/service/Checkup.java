package org.linekeeper.service;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.LiveChecks;
import org.linekeeper.carrier.twilio.TestCallCheck;
import org.linekeeper.carrier.twilio.TwilioCarrier;
import org.linekeeper.carrier.twilio.TwilioChecks;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.net.IoLoop;
import org.linekeeper.probe.AsteriskChecks;
import org.linekeeper.probe.CertificateProbe;
import org.linekeeper.probe.MirrorChecks;
import org.linekeeper.probe.Scope;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.PbxAccess;
import org.linekeeper.settings.Peers;
import org.linekeeper.settings.Settings;
import org.linekeeper.verdict.Profile;

/**
 * Looks at everything that the phones will depend on, before they do: changes nothing, except on
 * the one spare number that a live check is given.
 */
public final class Checkup {
  private final Settings settings;
  private final Clocks clocks;

  /** Of an office with these settings. */
  public Checkup(Settings settings, Clocks clocks) {
    this.settings = settings;
    this.clocks = clocks;
  }

  /** Everything that can be looked at; takes up to half a minute if much is wrong. */
  public List<CheckResult> run() {
    List<CheckResult> results = new ArrayList<>();
    results.add(files());
    results.addAll(place());
    results.addAll(WatcherChecks.look(settings, clocks));
    results.addAll(pbxs());
    results.addAll(mirror());
    results.addAll(SurroundingChecks.look(settings));
    try (TwilioCarrier carrier = carrier()) {
      List<URI> webhooks = settings.local().sms().webhookUrls();
      results.addAll(
          new TwilioChecks(
                  carrier,
                  Wiring.twilio(settings.local().carrier()),
                  settings.estate(),
                  webhooks,
                  clocks.time())
              .run());
      settings
          .local()
          .carrier()
          .testCall()
          .map(
              test ->
                  TestCallCheck.of(
                      carrier.numbers(),
                      test.number(),
                      test.from(),
                      settings.estate().trunk().sid()))
          .ifPresent(results::add);
    }
    return results;
  }

  private CheckResult files() {
    Estate estate = settings.estate();
    return CheckResult.ok(
        "settings",
        estate.numbers().size() + " numbers, " + estate.staff().size() + " staff, no mistakes");
  }

  /** Where this watcher stands, and how patient it is. */
  private List<CheckResult> place() {
    LocalSettings local = settings.local();
    List<CheckResult> results = new ArrayList<>();
    local
        .peers()
        .map(this::among)
        .or(
            () ->
                Optional.ofNullable(local.pbxs().get(settings.estate().primary().id()))
                    .map(access -> Place.beside(access.ami().host())))
        .ifPresent(results::add);
    boolean impatient = local.profile().freezeTolerance().compareTo(snapshot()) < 0;
    results.add(
        impatient
            ? CheckResult.warning(
                "freeze tolerance",
                "a PBX that stands still for more than "
                    + local.profile().freezeTolerance().toMillis()
                    + " ms is called hung, and calls move",
                "if the PBXs are virtual machines that are snapshotted or migrated, set"
                    + " freeze-tolerance in linekeeper.yml to more than that takes, such as 4s")
            : CheckResult.ok(
                "freeze tolerance",
                "a snapshot of up to " + local.profile().freezeTolerance().toSeconds() + " s"));
    return results;
  }

  private CheckResult among(Peers peers) {
    Map<PbxId, String> hosts = new LinkedHashMap<>();
    settings.local().pbxs().forEach((pbx, access) -> hosts.put(pbx, access.ami().host()));
    boolean leased =
        settings.estate().moving().address().filter(FloatingAddress::leased).isPresent();
    return Place.among(peers, settings.local().watcher(), hosts, leased);
  }

  private static java.time.Duration snapshot() {
    return Profile.lan().freezeTolerance().plusMillis(200);
  }

  private List<CheckResult> pbxs() {
    List<CheckResult> results = new ArrayList<>();
    LocalSettings local = settings.local();
    try (Workers workers = Workers.start(clocks.ticker());
        IoLoop loop = IoLoop.start("check-sip", clocks.ticker())) {
      AsteriskChecks checks = new AsteriskChecks(workers, loop, clocks.time(), local.profile());
      for (Map.Entry<PbxId, PbxAccess> pbx : local.pbxs().entrySet()) {
        Optional<Pbx> known = settings.estate().pbx(pbx.getKey());
        List<String> registrations = known.map(Pbx::registrations).orElse(List.of());
        results.addAll(
            checks.look(
                Wiring.ami(pbx.getKey(), pbx.getValue()),
                Wiring.sip(pbx.getKey(), pbx.getValue()),
                new Scope(
                    Optional.of(pbx.getValue().inboundContext()),
                    registrations,
                    local.carrier().testCall().isPresent(),
                    peer(pbx.getKey())),
                known.filter(p -> p.role() == Pbx.Role.STANDBY).isPresent()));
        try (CertificateProbe certificates =
            Wiring.certificates(pbx.getKey(), pbx.getValue(), workers, clocks.time())) {
          results.addAll(certificates.check());
        }
      }
      results.addAll(echoes(checks, List.copyOf(local.pbxs().keySet())));
    }
    return results;
  }

  /** The other one of two, as this one calls it. */
  private Optional<Scope.Peer> peer(PbxId from) {
    Map<PbxId, PbxAccess> pbxs = settings.local().pbxs();
    return Optional.ofNullable(pbxs.get(from))
        .filter(access -> pbxs.size() == 2)
        .flatMap(PbxAccess::peerEndpoint)
        .flatMap(
            endpoint ->
                pbxs.entrySet().stream()
                    .filter(other -> !other.getKey().equals(from))
                    .map(other -> Wiring.sip(other.getKey(), other.getValue()).transport())
                    .map(trunk -> new Scope.Peer(endpoint, trunk))
                    .findFirst());
  }

  /** Whether two PBXs hear one another; with more or fewer nobody calls anybody. */
  private List<CheckResult> echoes(AsteriskChecks checks, List<PbxId> pbxs) {
    return pbxs.size() != 2
        ? List.of()
        : List.of(echo(checks, pbxs.get(0), pbxs.get(1)), echo(checks, pbxs.get(1), pbxs.get(0)));
  }

  private CheckResult echo(AsteriskChecks checks, PbxId from, PbxId to) {
    PbxAccess access = Objects.requireNonNull(settings.local().pbxs().get(from));
    return checks.echo(Wiring.ami(from, access), access.peerEndpoint(), to);
  }

  /** What is to be mirrored needs a user of its own at each PBX, and the same AORs at both. */
  private List<CheckResult> mirror() {
    LocalSettings local = settings.local();
    if (local.mirror().logins().isEmpty()) {
      return List.of();
    }
    try (Workers workers = Workers.start(clocks.ticker())) {
      return new MirrorChecks(workers, local.profile())
          .look(
              local.mirror().logins().entrySet().stream()
                  .map(
                      login ->
                          Wiring.astDb(
                              login.getKey(),
                              Objects.requireNonNull(local.pbxs().get(login.getKey())),
                              login.getValue()))
                  .toList());
    }
  }

  /**
   * Tries on one number of the real account what no documentation promises; the number is put back
   * whatever happens.
   */
  public List<CheckResult> live(PhoneNumber spare) {
    Estate estate = settings.estate();
    boolean control = estate.trunk().controlNumber().filter(spare::equals).isPresent();
    if (control || estate.number(spare).isPresent()) {
      return List.of(
          CheckResult.failure(
              "live check on " + spare,
              "this number is in use by the office, so nothing was tried on it",
              "give a spare number of the account that is in none of the files"));
    }
    return estate.staff().stream()
        .findFirst()
        .map(
            staff -> {
              try (TwilioCarrier carrier = carrier()) {
                return new LiveChecks(
                        carrier, clocks.ticker(), estate.trunk().sid(), staff.mobile())
                    .run(spare);
              }
            })
        .orElseGet(
            () ->
                List.of(
                    CheckResult.failure(
                        "live check on " + spare,
                        "there is nobody in staff.yml to whose mobile it could be diverted",
                        "add a member of staff")));
  }

  private TwilioCarrier carrier() {
    return new TwilioCarrier(
        Wiring.twilio(settings.local().carrier()), clocks.time(), clocks.ticker());
  }
}
