package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;

/** The engineer has installed Linekeeper somewhere. Does it die with the primary? */
class PlaceTest {
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

  @Test
  void aNameThatIsNowhereIsNotCalledWell() {
    CheckResult place = Place.beside("primary.invalid");

    assertThat(place.level()).isEqualTo(Level.WARNING);
    assertThat(place.said()).contains("not in the DNS");
  }
}
