package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.OpenPlan;
import org.linekeeper.state.Outcome;

/**
 * Answers {@code GET /api/plan}: what is being done, what is not yet as wanted, and what waits.
 *
 * @param missing how many numbers and rows are not yet as wanted
 * @param waiting what waits for a person
 * @param drifts what somebody else changed, by number
 * @param rowDrifts origination URLs that somebody else changed
 */
record PlanAnswer(
    int missing,
    Optional<HeldAnswer> waiting,
    List<OpenAnswer> open,
    Map<String, String> drifts,
    List<String> rowDrifts) {

  /** What confirms it, what that does, and why it is asked. */
  record HeldAnswer(String confirm, String intent, String reason) {}

  /** A plan of which not every outcome is known. */
  record OpenAnswer(
      String id, long epoch, String kind, String reason, Instant at, List<StepAnswer> steps) {}

  /** One step; without outcome while none is known. */
  record StepAnswer(String sentence, Optional<String> outcome, Optional<String> said) {}

  static PlanAnswer of(Overview seen) {
    Map<String, String> drifts = new TreeMap<>();
    seen.drifts().forEach((number, drift) -> drifts.put(number.e164(), drift));
    return new PlanAnswer(
        seen.missing(),
        seen.decision().held().map(held -> new HeldAnswer(held.words(), held.intent(), held.why())),
        seen.state().openPlans().values().stream().map(PlanAnswer::open).toList(),
        drifts,
        seen.rowDrifts());
  }

  private static OpenAnswer open(OpenPlan open) {
    return new OpenAnswer(
        open.plan().id(),
        open.plan().epoch().number(),
        StatusAnswer.word(open.plan().kind()),
        open.plan().reason(),
        open.plan().at(),
        IntStream.range(0, open.plan().steps().size()).mapToObj(i -> step(open, i)).toList());
  }

  private static StepAnswer step(OpenPlan open, int place) {
    Optional<Outcome> outcome = Optional.ofNullable(open.outcomes().get(place));
    return new StepAnswer(
        open.plan().steps().get(place).sentence(),
        outcome.map(o -> StatusAnswer.word(o.kind())),
        outcome.map(Outcome::said));
  }
}
