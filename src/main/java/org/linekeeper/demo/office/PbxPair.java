package org.linekeeper.demo.office;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.net.IoLoop;

/**
 * The office's two PBXs. Their clocks are the real one, whatever is done to the demo's: a gate goes
 * by the PBX's own clock, and nobody sets the clock of a PBX to try a schedule.
 *
 * @param primary serves on a normal day
 * @param standby waits to take over
 */
public record PbxPair(SimulatedPbx primary, SimulatedPbx standby) implements AutoCloseable {
  static final String USER = "linekeeper";

  static PbxPair start(IoLoop loop, String secret) throws IOException {
    PbxPair pair = new PbxPair(pbx(loop, "primary", secret), pbx(loop, "standby", secret));
    pair.primary.start();
    try {
      pair.standby.start();
    } catch (IOException e) {
      pair.primary.close();
      throw e;
    }
    return pair;
  }

  private static SimulatedPbx pbx(IoLoop loop, String name, String secret) {
    return new SimulatedPbx(
        loop, InstantSource.system(), PbxSettings.onLoopback(name, USER, secret));
  }

  /** Both, the primary first. */
  public List<SimulatedPbx> both() {
    return List.of(primary, standby);
  }

  /**
   * The one with that name.
   *
   * @throws IllegalArgumentException if none has it
   */
  public SimulatedPbx named(String name) {
    return Stream.of(primary, standby)
        .filter(pbx -> pbx.settings().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no PBX is called " + name));
  }

  @Override
  public void close() {
    primary.close();
    standby.close();
  }
}
