package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.mirror.Copied;

/**
 * The primary dies, and the phones on the desks ring through the standby as if nothing had been.
 */
@Tag("lab")
class ContactsIT {
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  /** Others use this machine's processors as well. */
  private static final int ROUNDS = 3;

  @Test
  void aPhoneOverUdpAndOneOverTcpRingThroughTheStandbyWithin50Ms() {
    Duration slowest = AT_ONCE;
    for (int i = 0; i < ROUNDS && slowest.compareTo(AT_ONCE) >= 0; i++) {
      slowest = slowestRing();
    }
    assertThat(slowest).isLessThan(AT_ONCE);
  }

  private Duration slowestRing() {
    try (Desks desks = Desks.open(AsteriskRoot.v22(), AsteriskRoot.v22(), false, 1, 3)) {
      desks.awaitMirrored();
      forwardingAndQueueMembersFollow(desks);

      assertThat(desks.ringOnANormalDay()).doesNotContain(Optional.empty());
      List<Optional<Duration>> rang = desks.ringAfterFailover();

      System.out.println("rang after promotion: " + rang);
      assertThat(rang).isNotEmpty().doesNotContain(Optional.empty());
      return rang.stream().flatMap(Optional::stream).max(Comparator.naturalOrder()).orElseThrow();
    }
  }

  /** Somebody forwards a phone, another logs in to a queue and out again. */
  private void forwardingAndQueueMembersFollow(Desks desks) {
    LabPbx primary = desks.lab().primary();
    LabPbx standby = desks.lab().standby();
    Duration soon = Duration.ofSeconds(12);
    primary.cli("database put CFWD 100 \"07700 900101; @home, {x}\"");
    try (LabAmi ami = primary.loginAsWitness()) {
      ami.action(
          "QueueAdd",
          Map.of("Queue", "sales", "Interface", "PJSIP/desk1", "MemberName", "Joe, \"J\""));
    }
    Await.until(
        "both are on the standby",
        soon,
        () ->
            standby.cli("database get CFWD 100").contains("07700 900101; @home, {x}")
                && standby.cli("queue show sales").contains("PJSIP/desk1"));
    primary.cli("database del CFWD 100");
    primary.cli("queue pause member PJSIP/desk1 queue sales");
    Await.until(
        "both have changed on the standby",
        soon,
        () ->
            standby.cli("database get CFWD 100").contains("not found")
                && standby.cli("queue show sales").contains("paused"));
    assertThat(desks.linekeeper().service().mirror().standing())
        .allSatisfy(
            copied -> {
              assertThat(copied.trouble()).isEmpty();
              assertThat(copied.to().name()).isEqualTo("standby");
            })
        .extracting(Copied::what)
        .containsExactlyInAnyOrder("contacts", "CFWD", "queue members");
  }
}
