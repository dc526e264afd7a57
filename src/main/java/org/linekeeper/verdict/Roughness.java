package org.linekeeper.verdict;

import java.time.Duration;

/**
 * How the path to a PBX treats one probe's packets, learnt while they are answered: that a packet
 * is lost or late is no silence of the PBX, and where that happens often a few in a row say little.
 * On a good network it takes a moment of nobody's time.
 *
 * @param lost share of questions that were lost singly or in pairs, over the latest hundred or so;
 *     more in a row are a silence and no matter of the path
 * @param usual about half of the answers take longer than this; a few late ones move it little
 */
record Roughness(double lost, Duration usual) {
  static final Roughness NONE = new Roughness(0, Duration.ZERO);

  /** More in a row are not put down to the path. */
  private static final int SINGLY = 2;

  /** Each question's weight: some 13 s on {@code lan} until it is forgotten. */
  private static final double WEIGHT = 1.0 / 128;

  /** One that is lost within that time happens on good networks too. */
  private static final double GOOD = 0.01;

  /** Rarer than that is not put down to chance: at ten a second once in three hours. */
  private static final double CHANCE = 1e-5;

  /** However bad it is. */
  private static final int MOST = 8;

  /** Answers that take less than such a part of the time between two questions are not late. */
  private static final int AT_ONCE = 5;

  private static final Duration LEAST_STEP = Duration.ofNanos(100_000);

  /** With an answer that took so long, after so many in a row that did not come. */
  Roughness answered(Duration took, int missed) {
    double after = lost;
    if (missed <= SINGLY) {
      for (int i = 0; i < missed; i++) {
        after += (1 - after) * WEIGHT;
      }
    }
    Duration step = usual.dividedBy(8);
    step = step.compareTo(LEAST_STEP) > 0 ? step : LEAST_STEP;
    Duration next = took.compareTo(usual) > 0 ? usual.plus(step) : usual.minus(step);
    return new Roughness(after - after * WEIGHT, next.isNegative() ? Duration.ZERO : next);
  }

  /** Whether more is lost than on a good network. */
  boolean loses() {
    return lost >= GOOD;
  }

  /**
   * How much longer than usual nothing may be heard before it means anything: as many in a row as
   * are lost by chance, and what a late answer takes.
   */
  Duration patience(Duration every) {
    long inARow = loses() ? Math.min(MOST, (long) Math.ceil(Math.log(CHANCE) / Math.log(lost))) : 0;
    boolean atOnce = usual.multipliedBy(AT_ONCE).compareTo(every) < 0;
    return every.multipliedBy(inARow).plus(atOnce ? Duration.ZERO : usual.multipliedBy(2));
  }
}
