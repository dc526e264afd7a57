package org.linekeeper.gameday;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabHost;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabOffice;
import org.linekeeper.lab.LabPbx;

/**
 * The office of a game day, every host on its own cable. The carrier hunts as Twilio does: a call
 * that the first PBX does not take within 0.4 s, or turns away with a 503, is offered to the next.
 * (Twilio gives a PBX longer: an outage of ours is never shortened by that.)
 */
final class House implements AutoCloseable {
  static final String CARRIER = "carrier";
  static final String PHONES = "phones";
  static final String WATCHER = "watcher";
  static final Duration LEG = Duration.ofMillis(400);
  static final Duration CALL_EVERY = Duration.ofMillis(10);

  private final LabNetwork network;
  private final LabOffice office;
  private final LabHost carrier;
  private final LabHost phones;
  private final LabHost watcher;

  private House(LabNetwork network, LabOffice office) {
    this.network = network;
    this.office = office;
    this.carrier = network.known(CARRIER, 1);
    this.phones = network.known(PHONES, 2);
    this.watcher = network.known(WATCHER, 4);
  }

  /** Opens it; the PBXs run, nobody watches them yet. */
  static House open(LabNetwork network, AsteriskRoot root) {
    House house = new House(network, LabOffice.in(network, root));
    house
        .office
        .carrier()
        .knobs(
            Knobs.DEFAULT
                .withHunting(true)
                .withLatency(Duration.ofMillis(150))
                .withLegDeadline(LEG));
    house.office.carrier().caller().callOnly(List.of(LabOffice.MAIN));
    house.office.settings(Map.of());
    return house;
  }

  LabNetwork network() {
    return network;
  }

  LabOffice office() {
    return office;
  }

  LabPbx primary() {
    return office.primary();
  }

  LabPbx standby() {
    return office.standby();
  }

  /** The world outside: the carrier's API and SIP, and the process that this is. */
  LabHost carrier() {
    return carrier;
  }

  LabHost phones() {
    return phones;
  }

  /** Where Linekeeper runs. */
  LabHost watcher() {
    return watcher;
  }

  /** Waits until the gate of a PBX that stands by is held, or the carrier would find it open. */
  void awaitStandbyHeld() {
    Await.until(
        "the standby's gate held closed",
        Duration.ofSeconds(10),
        () -> {
          String until = office.standby().cli("dialplan show globals");
          return until.contains("LK_CLOSED_UNTIL");
        });
  }

  @Override
  public void close() {
    office.carrier().caller().pause();
    office.close();
  }
}
