package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;

/**
 * How the path to a PBX treats one probe's packets, learnt while they are answered: that a packet
 * is lost or late is no silence of the PBX, and where that happens often a few in a row say little.
 * On a good network it takes a moment of nobody's time.
 *
 * @param lost share of questions that were lost singly or in pairs, over the latest hundred or so;
 *     more in a row are a silence and no matter of the path
 * @param usual about half of the answers take longer than this; a few late ones move it little
 * @param run the latest questions in a row that were lost
 */
record Roughness(double lost, Duration usual, Optional<Run> run) {
  static final Roughness NONE = new Roughness(0, Duration.ZERO, Optional.empty());

  /**
   * Questions in a row, in the order in which they were asked: those that a PBX lost while it hung
   * are found to be missing one by one between the answers that it gives again.
   *
   * @param asked when the latest of them was sent
   * @param counted how many of them count as lost by now: none before a later question is answered,
   *     since it may be a silence that has only begun
   * @param before what was lost before the first of them
   */
  record Run(Duration asked, int length, int counted, double before) {
    boolean over(Duration asked, Duration every) {
      return asked.minus(this.asked).compareTo(every.multipliedBy(3).dividedBy(2)) > 0;
    }

    Run with(int count) {
      return new Run(asked, length, count, before);
    }

    Run later(Duration shift) {
      return new Run(asked.plus(shift), length, counted, before);
    }
  }

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

  /**
   * With a question that was lost.
   *
   * @param every between two questions
   */
  Roughness missed(Duration asked, Duration every) {
    Run longer =
        run.filter(latest -> !latest.over(asked, every))
            .map(latest -> new Run(asked, latest.length + 1, latest.counted, latest.before))
            .orElse(new Run(asked, 1, 0, lost));
    return longer.length > SINGLY
        ? new Roughness(Math.min(lost, longer.before), usual, Optional.of(longer.with(0)))
        : new Roughness(lost, usual, Optional.of(longer));
  }

  /** With an answer to a question of that moment, which took so long. */
  Roughness answered(Duration asked, Duration took, Duration every) {
    Optional<Run> single =
        run.filter(latest -> latest.length <= SINGLY && latest.over(asked, every));
    double after = lost;
    for (int i = single.map(Run::counted).orElse(0); i < single.map(Run::length).orElse(0); i++) {
      after += (1 - after) * WEIGHT;
    }
    Duration step = usual.dividedBy(8);
    step = step.compareTo(LEAST_STEP) > 0 ? step : LEAST_STEP;
    Duration next = took.compareTo(usual) > 0 ? usual.plus(step) : usual.minus(step);
    return new Roughness(
        after - after * WEIGHT,
        next.isNegative() ? Duration.ZERO : next,
        single.map(latest -> latest.with(latest.length)).or(() -> run));
  }

  /** The same on a clock that was put back by so much. */
  Roughness later(Duration shift) {
    return new Roughness(lost, usual, run.map(latest -> latest.later(shift)));
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
