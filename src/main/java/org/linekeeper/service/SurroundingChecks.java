package org.linekeeper.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.actuator.address.AddressChecks;
import org.linekeeper.actuator.dns.DnsNames;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.estate.Takeover;
import org.linekeeper.settings.PbxAccess;
import org.linekeeper.settings.Settings;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Step;

/** Whether what moves around the PBXs could be moved. Changes nothing, and runs no command. */
final class SurroundingChecks {
  private SurroundingChecks() {}

  static List<CheckResult> look(Settings settings) {
    List<CheckResult> results = new ArrayList<>();
    Takeover moving = settings.estate().moving();
    moving.address().ifPresent(address -> results.addAll(address(settings, address)));
    commands(moving).distinct().forEach(command -> results.add(program(command)));
    settings.local().nameServer().map(Wiring::names).ifPresent(dns -> names(moving, dns, results));
    return results;
  }

  private static List<CheckResult> address(Settings settings, FloatingAddress address) {
    return address.leased() ? leased(settings, address) : alone(settings, address);
  }

  /** Each of three looks at its own host; where they stand is looked at in any case. */
  private static List<CheckResult> leased(Settings settings, FloatingAddress address) {
    List<CheckResult> results = new ArrayList<>(here(settings, address));
    withoutMajority(address).ifPresent(results::add);
    return results;
  }

  /** What is to be known of a floating address that watchers agree on; empty if nothing is. */
  static Optional<CheckResult> withoutMajority(FloatingAddress address) {
    if (address.keeps() && address.fence().isEmpty()) {
      return Optional.of(
          CheckResult.warning(
              "floating address",
              "it is kept without a majority and there is no fence, so if a host dies the other one"
                  + " takes it only when somebody says \"linekeeper host-off PBX\"",
              "Name a fence under floating-address, or write without-majority: release."));
    }
    return !address.keeps() && address.fence().isPresent()
        ? Optional.of(
            CheckResult.warning(
                "floating address",
                "its fence is never run: the watchers agree on whose the address is, and it is not"
                    + " kept without a majority",
                "Remove it, or write without-majority: keep (docs/WATCHERS.md)."))
        : Optional.empty();
  }

  private static List<CheckResult> here(Settings settings, FloatingAddress address) {
    return address
        .besideWatcher(settings.local().watcher())
        .map(pbx -> Objects.requireNonNull(settings.local().pbxs().get(pbx)).sip())
        .map(
            sip ->
                new AddressChecks()
                    .here(address, sip.port(), sip.transport() == PbxAccess.Transport.TCP))
        .orElseGet(
            () ->
                List.of(
                    CheckResult.ok(
                        "floating address",
                        "never taken here: run check beside each PBX as well")));
  }

  private static List<CheckResult> alone(Settings settings, FloatingAddress address) {
    Map<PbxId, PbxAccess> pbxs = settings.local().pbxs();
    List<CheckResult> results = new ArrayList<>();
    PbxAccess standby = Objects.requireNonNull(pbxs.get(address.borrower()));
    String primary =
        Objects.requireNonNull(pbxs.get(settings.estate().primary().id())).ami().host();
    CheckResult place = Place.beside(primary);
    if (place.level() != CheckResult.Level.OK) {
      results.add(
          CheckResult.failure(
              "floating address",
              "this watcher may stand on the primary's machine ("
                  + primary
                  + "), and would die with what it is to replace",
              "Run it on " + address.borrower() + "'s host."));
    }
    boolean tcp = standby.sip().transport() == PbxAccess.Transport.TCP;
    results.addAll(
        new AddressChecks().look(address, standby.ami().host(), standby.sip().port(), tcp));
    if (!address.movesByHand()) {
      results.add(
          CheckResult.warning(
              "floating address",
              "there is no release and take, so switchover and failback are refused",
              "Write both under floating-address; dialplans/linekeeper-address.sh does it."));
    }
    return results;
  }

  private static Stream<HostCommand> commands(Takeover moving) {
    return Stream.concat(
        moving.address().stream()
            .flatMap(
                address ->
                    Stream.of(address.fence(), address.release(), address.take())
                        .flatMap(Optional::stream)),
        moving.onPromote().values().stream().flatMap(List::stream));
  }

  private static CheckResult program(HostCommand command) {
    String program = command.argv().get(0);
    return Files.isExecutable(Path.of(program))
        ? CheckResult.ok("command " + command.name(), program + " is there; it was not run")
        : CheckResult.failure(
            "command " + command.name(),
            program + " is not there or may not be run by Linekeeper's user",
            "Install it, or correct its path; then run it once by hand as that user.");
  }

  private static void names(Takeover moving, DnsNames dns, List<CheckResult> results) {
    for (ServiceName name : moving.names()) {
      NameRecords any = new NameRecords(name.ttl(), List.of());
      Optional<String> trouble =
          dns.trouble(new Step.PointName(name.zone(), name.name(), name.type(), any, any))
              .toCompletableFuture()
              .join();
      results.add(
          trouble
              .map(
                  why ->
                      CheckResult.failure(
                          "name " + name.label(), "it would not follow a failover", why))
              .orElseGet(
                  () ->
                      CheckResult.ok(
                          "name " + name.label(),
                          "the server answers with our signature; whether it takes a change is seen"
                              + " at the first switchover")));
    }
  }
}
