package org.linekeeper.gameday;

import java.util.List;

/**
 * What came of a time of noise without a fault.
 *
 * @param seconds how long it was
 * @param switches how often another PBX came to serve
 * @param wrong verdicts that said something was wrong, each with its evidence; at most 20 of them
 * @param asked whether a person was asked for anything
 * @param calls what callers noticed
 * @param did what was done, such as {@code 40 reloads}
 * @param build hash of the jar
 * @param settings hash of the settings
 */
record NoiseReport(
    long seconds,
    long switches,
    List<String> wrong,
    boolean asked,
    String calls,
    String did,
    String build,
    String settings) {}
