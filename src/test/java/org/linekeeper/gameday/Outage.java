package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What callers noticed of a fault. A call counts that was begun after the fault, so that none
 * answered just before it makes it look short.
 *
 * @param placed calls begun since the fault
 * @param failed those of them that no PBX answered
 * @param firstFailed from the fault to the beginning of the first call that failed
 * @param answeredAfter from the fault to the moment from which every call was answered: the first
 *     answer to a call that was not begun before the last that failed
 * @param by how many each PBX answered
 * @param doubly how many were answered by a PBX after another one had begun to answer
 */
record Outage(
    long placed,
    long failed,
    Optional<Duration> firstFailed,
    Optional<Duration> answeredAfter,
    Map<String, Long> by,
    long doubly) {

  static Outage of(List<Call> calls, Instant fault) {
    List<Call> since = calls.stream().filter(c -> !c.at().isBefore(fault)).toList();
    Optional<Call> failed = since.stream().filter(c -> !c.answered()).findFirst();
    Optional<Call> last = since.stream().filter(c -> !c.answered()).reduce((one, next) -> next);
    Optional<Instant> answered =
        last.flatMap(
            call ->
                since.stream()
                    .filter(c -> c.answered() && !c.at().isBefore(call.at()))
                    .map(Call::end)
                    .min(Instant::compareTo));
    Map<String, Long> by =
        since.stream()
            .filter(Call::answered)
            .collect(Collectors.groupingBy(Call::by, TreeMap::new, Collectors.counting()));
    return new Outage(
        since.size(),
        since.stream().filter(c -> !c.answered()).count(),
        failed.map(first -> Duration.between(fault, first.at())),
        answered.map(first -> Duration.between(fault, first)),
        by,
        doubly(since));
  }

  /** Answers of the PBX that served first, by calls begun once the other had answered one. */
  private static long doubly(List<Call> since) {
    Optional<String> before = since.stream().filter(Call::answered).map(Call::by).findFirst();
    Optional<Instant> change =
        since.stream()
            .filter(c -> c.answered() && !before.equals(Optional.of(c.by())))
            .map(Call::end)
            .min(Instant::compareTo);
    return since.stream()
        .filter(c -> c.answered() && before.equals(Optional.of(c.by())))
        .filter(c -> change.isPresent() && c.at().isAfter(change.get()))
        .count();
  }

  /** From the fault until every call was answered again; 0 if none failed, -1 if never. */
  long millis() {
    return failed == 0 ? 0 : answeredAfter.map(Duration::toMillis).orElse(-1L);
  }

  /** Such as {@code 23 of 512 calls failed; answered again after 251 ms}. */
  String words() {
    if (failed == 0) {
      return "none of " + placed + " calls failed";
    }
    return failed
        + " of "
        + placed
        + " calls failed, "
        + answeredAfter
            .map(d -> "all answered again after " + d.toMillis() + " ms")
            .orElse("and nobody was answered again");
  }
}
