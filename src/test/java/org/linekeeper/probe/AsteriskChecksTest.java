package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.demo.pbx.AmiClass;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.IoLoop;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Profile;

/** The engineer runs {@code check} before trusting the installation. */
@Timeout(60)
class AsteriskChecksTest {
  static final PbxId WEST = new PbxId("west");
  static final Instant NOW = Instant.parse("2026-11-23T15:30:00Z");

  final Workers workers = Workers.start(Ticker.system());
  final IoLoop loop = IoLoop.start("checks-test", Ticker.system());
  Instant pbxTime = NOW;
  PbxSettings settings =
      PbxSettings.onLoopback("west", "linekeeper", "s3cret").registering(List.of("carrier"));
  SimulatedPbx pbx = new SimulatedPbx(loop, () -> pbxTime, settings);

  private boolean standby;
  private boolean carrierTest;

  @AfterEach
  void stop() {
    pbx.close();
    workers.close();
    loop.close();
  }

  List<CheckResult> look(String password, String... registrations) throws Exception {
    if (pbx.amiAddress().getPort() == 0) {
      pbx = new SimulatedPbx(loop, () -> pbxTime, settings);
      pbx.start();
    }
    return look(pbx.amiAddress(), pbx.sipAddress(), password, registrations);
  }

  List<CheckResult> look(
      InetSocketAddress ami, InetSocketAddress sip, String password, String... registrations) {
    return new AsteriskChecks(workers, loop, () -> NOW, Profile.lan())
        .look(
            new AmiAccess(
                WEST,
                ami.getHostString(),
                ami.getPort(),
                false,
                Optional.empty(),
                "linekeeper",
                Secret.of(password)),
            new SipAccess(
                WEST, sip.getHostString(), sip.getPort(), SipTransport.UDP, Optional.empty()),
            new Scope(
                Optional.of("from-carrier"), List.of(registrations), carrierTest, Optional.empty()),
            standby);
  }

  static CheckResult of(List<CheckResult> results, String what) {
    return results.stream().filter(r -> r.what().startsWith(what)).findFirst().orElseThrow();
  }

  @Test
  void aPbxThatIsSetUpAsTheDocumentsSayHasNoFailure() throws Exception {
    List<CheckResult> results = look("s3cret", "carrier");

    assertThat(results).noneMatch(r -> r.level() == Level.FAILURE);
    assertThat(results)
        .filteredOn(r -> r.level() == Level.OK)
        .extracting(CheckResult::what)
        .contains(
            "AMI login at west",
            "AMI privileges at west",
            "clock at west",
            "test call at west",
            "call limit at west",
            "trunk registrations at west",
            "SIP at west");
  }

  @Test
  void theCarriersTestCallWouldFindNobodyWhoListens() throws Exception {
    carrierTest = true;
    CheckResult result = of(look("s3cret"), "carrier's test call");

    assertThat(result.level()).isEqualTo(Level.FAILURE);
    assertThat(result.said()).contains("no context linekeeper-carrier-test");
    assertThat(result.remedy()).contains("linekeeper.conf").contains("dialplan reload");
  }

  @Test
  void aWrongPasswordIsToldWithoutShowingIt() throws Exception {
    CheckResult login = of(look("wr0ng"), "AMI login");

    assertThat(login.level()).isEqualTo(Level.FAILURE);
    assertThat(login.remedy()).contains("secret").contains("manager reload");
    assertThat(login.toString()).doesNotContain("wr0ng");
  }

  @Test
  void eachMissingPrivilegeIsNamedWithWhatItCosts() throws Exception {
    settings = settings.allowing(EnumSet.of(AmiClass.USER), EnumSet.of(AmiClass.REPORTING));

    List<CheckResult> results = look("s3cret");

    assertThat(results)
        .filteredOn(r -> r.what().startsWith("AMI privileges"))
        .extracting(CheckResult::said)
        .containsExactly(
            "The action SETVAR is not offered, so the role gate cannot be closed or opened.",
            "The action ORIGINATE is not offered, so test calls cannot be placed.");
    assertThat(of(results, "test call").level()).isEqualTo(Level.FAILURE);
  }

  @Test
  void aClockThatIsWrongIsAWarning() throws Exception {
    pbxTime = NOW.plusSeconds(90);

    CheckResult clock = of(look("s3cret"), "clock");

    assertThat(clock.level()).isEqualTo(Level.WARNING);
    assertThat(clock.said()).startsWith("It is 90000 ms ahead");
  }

  @Test
  void aTightCallLimitIsAWarning() throws Exception {
    settings = settings.limitedTo(3);

    assertThat(of(look("s3cret"), "call limit").level()).isEqualTo(Level.WARNING);
  }

  @Test
  void aStandbyThatIsKeptOffTheTrunkIsAsItShouldBeAndAPrimaryIsNot() throws Exception {
    look("s3cret", "carrier");
    offTheTrunk();
    assertThat(of(look("s3cret", "carrier"), "trunk registrations").level())
        .isEqualTo(Level.FAILURE);

    standby = true;
    CheckResult result = of(look("s3cret", "carrier"), "trunk registrations");
    assertThat(result.level()).isEqualTo(Level.OK);
    assertThat(result.said())
        .isEqualTo("carrier is unregistered: a standby is registered when it is promoted.");

    assertThat(of(look("s3cret", "carrier", "no-such"), "trunk registrations").level())
        .as("a name that is not configured")
        .isEqualTo(Level.FAILURE);
  }

  private void offTheTrunk() throws Exception {
    AmiAccess ami =
        new AmiAccess(
            WEST,
            pbx.amiAddress().getHostString(),
            pbx.amiAddress().getPort(),
            false,
            Optional.empty(),
            "linekeeper",
            Secret.of("s3cret"));
    try (PbxLink link = new PbxLink(ami, Profile.lan(), workers)) {
      link.start();
      await().until(link::isUp);
      assertThat(
              link.unregister("carrier", Duration.ofSeconds(5))
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS)
                  .ok())
          .isTrue();
    }
  }

  @Test
  void aSilentSipPortMayBeABan() throws Exception {
    look("s3cret");
    pbx.sipOnlyLoss();

    CheckResult sip = of(look("s3cret"), "SIP");

    assertThat(sip.level()).isEqualTo(Level.FAILURE);
    assertThat(sip.remedy()).contains("fail2ban").contains("FreePBX");
  }

  @Test
  void aPbxThatIsOffIsToldInBothWays() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }

    List<CheckResult> results = look(nobody, nobody, "s3cret");

    assertThat(results).hasSize(2).allMatch(r -> r.level() == Level.FAILURE);
    assertThat(of(results, "AMI login").said()).contains("Nobody listens");
  }
}
