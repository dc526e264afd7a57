package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.estate.PbxId;
import org.linekeeper.settings.Peers;

/** The engineer has installed Linekeeper somewhere. Does it die with the primary? */
class PlaceTest {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final PbxId STANDBY = new PbxId("standby");

  static Stream<String> addressesOfThisMachine() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .map(InetAddress::getHostAddress);
  }

  @ParameterizedTest
  @MethodSource("addressesOfThisMachine")
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1"})
  void everyAddressOfThePrimarysMachineGivesItAway(String primary) {
    CheckResult place = Place.beside(primary);

    assertThat(place.level()).isEqualTo(Level.WARNING);
    assertThat(place.said()).contains(primary, "dies with it");
    assertThat(place.remedy()).contains("third machine");
  }

  @Test
  void anotherMachineIsWell() {
    assertThat(Place.beside("192.0.2.10").level()).isEqualTo(Level.OK);
  }

  private static CheckResult among(String self, String primary, String standby, boolean leased) {
    Peers peers =
        new Peers(
            List.of(
                peer("watcher-1", Optional.of(PRIMARY)),
                peer("watcher-2", Optional.of(STANDBY)),
                peer("witness", Optional.empty())),
            Path.of("watchers"),
            Optional.empty(),
            7070);
    Map<PbxId, String> hosts = new LinkedHashMap<>();
    hosts.put(PRIMARY, primary);
    hosts.put(STANDBY, standby);
    return Place.among(peers, self, hosts, leased);
  }

  private static Peers.Peer peer(String name, Optional<PbxId> beside) {
    return new Peers.Peer(name, name + ".example", 7070, name, beside);
  }

  @Test
  void ofThreeTheOneBesideThePrimaryIsToStandThere() {
    CheckResult place = among("watcher-1", "127.0.0.1", "192.0.2.11", true);
    assertThat(place.level()).isEqualTo(Level.OK);
    assertThat(place.said()).contains("on primary's machine, 127.0.0.1");
    assertThat(among("watcher-2", "192.0.2.10", "127.0.0.1", true).said())
        .contains("on standby's machine");
  }

  @Test
  void ofThreeOneThatIsNotWhereTheFilesSayTakesTheAddressWhereItsPbxIsNot() {
    CheckResult place = among("watcher-1", "192.0.2.10", "192.0.2.11", true);
    assertThat(place.level()).isEqualTo(Level.FAILURE);
    assertThat(place.said()).contains("192.0.2.10 is not this machine", "primary is not");
    assertThat(place.remedy()).contains("primary's host", "beside");
    assertThat(among("watcher-1", "192.0.2.10", "192.0.2.11", false).level())
        .as("without a floating address")
        .isEqualTo(Level.WARNING);
  }

  @Test
  void ofThreeTheWitnessStandsBesideNobody() {
    assertThat(among("witness", "192.0.2.10", "192.0.2.11", true).level()).isEqualTo(Level.OK);
    CheckResult place = among("witness", "192.0.2.10", "127.0.0.1", true);
    assertThat(place.level()).isEqualTo(Level.FAILURE);
    assertThat(place.said()).contains("watcher-2 stands there, too", "two watchers of three");
  }

  @Test
  void ofThreeOneOnTheOtherPbxsMachineIsNotWell() {
    assertThat(among("watcher-1", "192.0.2.10", "127.0.0.1", true).level())
        .isEqualTo(Level.FAILURE);
    assertThat(among("watcher-2", "127.0.0.1", "192.0.2.11", true).level())
        .isEqualTo(Level.FAILURE);
  }

  @Test
  void ofThreeAPbxThatIsNowhereIsNotCalledWell() {
    assertThat(among("witness", "192.0.2.10", "standby.invalid", true).said())
        .contains("standby's machine", "not in the DNS");
  }

  @Test
  void aNameThatIsNowhereIsNotCalledWell() {
    CheckResult place = Place.beside("primary.invalid");

    assertThat(place.level()).isEqualTo(Level.WARNING);
    assertThat(place.said()).contains("not in the DNS");
  }
}
