package org.linekeeper.gameday;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a time of noise without a fault.
 *
 * @param kind {@code shipped}, {@code tolerant} or {@code three}
 * @param seconds how long it was
 * @param switches how often another PBX came to serve
 * @param addressStayed whether the primary alone had the floating address at the end
 * @param wrong verdicts that said something was wrong, each with its evidence, from Linekeeper's
 *     journal and from what it showed meanwhile; at most 50 of them
 * @param undecidedMillis for how long it said of a PBX that it could not say how it was
 * @param asked whether a person was asked for anything
 * @param told what else it told people
 * @param calls what callers noticed
 * @param held how many of the long calls were still up when they were to end, in words
 * @param did what was done, such as {@code 40 reloads}
 * @param build hash of the jar
 * @param settings hash of the settings
 */
record NoiseReport(
    String kind,
    long seconds,
    long switches,
    boolean addressStayed,
    List<String> wrong,
    long undecidedMillis,
    boolean asked,
    List<String> told,
    String calls,
    String held,
    String did,
    String build,
    String settings) {

  /** Whether nothing moved, nobody was called ill, and nobody was asked. */
  boolean quiet() {
    return switches == 0 && addressStayed && wrong.isEmpty() && !asked;
  }

  /** For docs/BENCHMARKS.md. */
  String words() {
    return String.format(
        Locale.ROOT,
        "%s: %s of noise, %s: **%d failovers, %d wrong verdicts**%s. Undecided about a PBX for"
            + " %.1f s in all. Callers: %s; %s. Build %s, settings %s.\n",
        kind,
        time(),
        did,
        switches,
        wrong.size(),
        asked ? ", **a person was asked**" : ", nobody was asked",
        undecidedMillis / 1000.0,
        calls,
        held,
        build,
        settings);
  }

  private String time() {
    Duration time = Duration.ofSeconds(seconds);
    return time.toMinutes() > 1 ? time.toMinutes() + " minutes" : seconds + " s";
  }
}
