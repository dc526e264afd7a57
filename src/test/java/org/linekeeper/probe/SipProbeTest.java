package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.lab.Await;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** The PBX goes by a name, and names are not for ever. */
@Timeout(60)
class SipProbeTest {
  private static final PbxId WEST = new PbxId("west");

  private final Ticker ticker = Ticker.system();
  private final Workers workers = Workers.start(ticker);
  private final IoLoop loop = IoLoop.start("sip-probe-test", ticker);
  private final List<Observation> seen = new CopyOnWriteArrayList<>();
  private volatile InetSocketAddress named =
      InetSocketAddress.createUnresolved("pbx.example.com", 5060);
  private final SipProbe probe =
      new SipProbe(
          new SipAccess(WEST, "pbx.example.com", 5060, SipTransport.UDP, Optional.empty()),
          Profile.lan(),
          workers,
          loop,
          new Reporter(WEST, ticker, new OwnLiveness(workers, stall -> {}), seen::add),
          (host, port) -> named);

  @AfterEach
  void stop() {
    probe.close();
    workers.close();
    loop.close();
  }

  private SimulatedPbx pbx() throws Exception {
    SimulatedPbx pbx =
        new SimulatedPbx(
            loop,
            () -> Instant.parse("2026-11-23T15:30:00Z"),
            PbxSettings.onLoopback("west", "linekeeper", "s3cret"));
    pbx.start();
    return pbx;
  }

  private void await(Seen what, Duration within) {
    Await.until(what.toString(), within, () -> seen.stream().anyMatch(o -> o.seen() == what));
  }

  @Test
  void aNameThatIsNotThereYetIsNoFaultOfThePbx() throws Exception {
    probe.start();
    workers.every(Duration.ofMillis(100), probe::ask);
    await(Seen.NOT_ASKED, Duration.ofSeconds(3));
    assertThat(seen).allMatch(o -> o.said().contains("not in the DNS"));
    try (SimulatedPbx pbx = pbx()) {
      named = pbx.sipAddress();
      await(Seen.ANSWERED, Duration.ofSeconds(5));
    }
  }

  @Test
  void aNameThatWasChangedToADeadAddressWhileThePbxWasAwayDoesNotLoseIt() throws Exception {
    try (SimulatedPbx real = pbx();
        SimulatedPbx dead = pbx()) {
      dead.cutOff();
      named = real.sipAddress();
      probe.start();
      workers.every(Duration.ofMillis(100), probe::ask);
      await(Seen.ANSWERED, Duration.ofSeconds(5));
      named = dead.sipAddress();
      real.cutOff();
      Await.pause(Duration.ofSeconds(7));
      real.reconnect();
      seen.clear();
      await(Seen.ANSWERED, Duration.ofSeconds(2));
      Await.pause(Duration.ofMillis(700));
      assertThat(seen.get(seen.size() - 1).seen()).isEqualTo(Seen.ANSWERED);
    }
  }

  @Test
  void aPbxThatGotAnotherAddressIsFoundAgain() throws Exception {
    try (SimulatedPbx first = pbx();
        SimulatedPbx second = pbx()) {
      named = first.sipAddress();
      probe.start();
      workers.every(Duration.ofMillis(100), probe::ask);
      await(Seen.ANSWERED, Duration.ofSeconds(5));
      first.cutOff();
      await(Seen.SILENT, Duration.ofSeconds(5));
      named = InetSocketAddress.createUnresolved("pbx.example.com", 5060);
      Await.pause(Duration.ofSeconds(6));
      assertThat(seen).as("the DNS is down as well").noneMatch(o -> o.seen() == Seen.NOT_ASKED);
      named = second.sipAddress();
      seen.clear();
      await(Seen.ANSWERED, Duration.ofSeconds(8));
      Await.pause(Duration.ofMillis(700));
      Observation latest = seen.get(seen.size() - 1);
      assertThat(latest.seen()).as("nothing of the old address").isEqualTo(Seen.ANSWERED);
    }
  }
}
