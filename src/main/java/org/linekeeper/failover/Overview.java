package org.linekeeper.failover;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/**
 * What the loop knew at its latest turn; what page, API and command line show.
 *
 * @param at when that was
 * @param state what the journal adds up to
 * @param verdicts what is the matter with each PBX
 * @param decision what follows from it
 * @param routes where each number should ring, and why
 * @param missing how many numbers and rows are not yet as wanted
 * @param drifts what somebody else changed at the carrier
 * @param rowDrifts origination URLs that somebody else changed
 * @param carrierReachable whether the carrier's API answered last
 * @param troubles what people should know, such as a carrier that denies the login; empty if
 *     nothing
 */
public record Overview(
    Instant at,
    State state,
    SortedMap<PbxId, Verdict> verdicts,
    Decision decision,
    Map<PhoneNumber, WantedRoute> routes,
    int missing,
    SortedMap<PhoneNumber, String> drifts,
    List<String> rowDrifts,
    boolean carrierReachable,
    List<String> troubles) {
  /** Before the first turn. */
  static Overview none(Instant at) {
    return new Overview(
        at,
        State.EMPTY,
        new TreeMap<>(),
        Decision.rest("nothing has been decided yet"),
        Map.of(),
        0,
        new TreeMap<>(),
        List.of(),
        false,
        List.of());
  }
}
