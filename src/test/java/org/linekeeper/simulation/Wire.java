package org.linekeeper.simulation;

import java.util.HashMap;
import java.util.Map;

/** The network between the machines, each direction of each link on its own. */
final class Wire {
  private final World world;
  private final Map<String, Integer> cuts = new HashMap<>();
  private final Map<String, Long> mended = new HashMap<>();
  private double loss;
  private long lossless = Long.MIN_VALUE / 2;
  private double slowest = 2;

  Wire(World world) {
    this.world = world;
  }

  /** Whether it has lost nothing, wherever it was up, for so long. */
  boolean lostNothingFor(long nanos) {
    return loss == 0 && world.now() - lossless > nanos;
  }

  void loses(double share) {
    lossless = world.now();
    loss = share;
  }

  /** Milliseconds that a message takes at most; later ones overtake earlier ones. */
  void takes(double atMost) {
    slowest = atMost;
  }

  void cut(String from, String to) {
    cuts.merge(from + ">" + to, 1, Integer::sum);
  }

  void mend(String from, String to) {
    cuts.merge(from + ">" + to, -1, Integer::sum);
    mended.put(from + ">" + to, world.now());
  }

  boolean up(String from, String to) {
    return from.equals(to) || cuts.getOrDefault(from + ">" + to, 0) == 0;
  }

  /** Whether it has been up in both directions for so long. */
  boolean upFor(String one, String other, long nanos) {
    return upSince(one, other, nanos) && upSince(other, one, nanos);
  }

  private boolean upSince(String from, String to, long nanos) {
    Long lately = mended.get(from + ">" + to);
    return up(from, to) && (lately == null || world.now() - lately > nanos);
  }

  boolean bothWays(String one, String other) {
    return up(one, other) && up(other, one);
  }

  /** Whether a question and its answer come through now. */
  boolean answered(String from, String to) {
    return bothWays(from, to) && (from.equals(to) || !world.chance(loss) && !world.chance(loss));
  }

  /** Nanoseconds from here to there. */
  long way(String from, String to) {
    return from.equals(to) ? world.millis(0.02, 0.1) : world.millis(0.2, slowest);
  }

  /** Brings something there, or not. */
  void send(String from, String to, Runnable arrival) {
    if (up(from, to) && (from.equals(to) || !world.chance(loss))) {
      world.in(
          way(from, to),
          () -> {
            if (up(from, to)) {
              arrival.run();
            }
          });
    }
  }
}
