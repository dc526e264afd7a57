package org.linekeeper.gameday;

import java.time.Instant;

/** Ten callers a second at each PBX by itself, to see which of the two takes calls. */
final class SippPair implements AutoCloseable {
  private final Sipp primary;
  private final Sipp standby;

  private SippPair(Sipp primary, Sipp standby) {
    this.primary = primary;
    this.standby = standby;
  }

  static SippPair begin(House house) {
    Sipp.outliveRefusals(house);
    return new SippPair(
        Sipp.begin(house, "primary", house.primary().host().address(), 5081, 10),
        Sipp.begin(house, "standby", house.standby().host().address(), 5082, 10));
  }

  String words(Instant since) {
    return "primary " + primary.words(since) + "; standby " + standby.words(since);
  }

  @Override
  public void close() {
    primary.close();
    standby.close();
  }
}
