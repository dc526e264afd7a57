package org.linekeeper.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.linekeeper.estate.PbxId;

/**
 * What is about to be done to the world, and why: durable in the journal before the first step.
 *
 * @param id unique
 * @param epoch the epoch in which it may be carried out
 * @param kind what sort of change it is
 * @param reason one sentence, shown wherever the plan is shown
 * @param at when it was decided
 * @param from the PBX that served before, if the plan changes that
 * @param to the PBX that serves from now on, if the plan changes that
 * @param steps in the order in which they matter most; they are carried out side by side, but for
 *     what {@link #first} says
 */
public record Plan(
    String id,
    Epoch epoch,
    Kind kind,
    String reason,
    Instant at,
    Optional<PbxId> from,
    Optional<PbxId> to,
    List<Step> steps) {
  /** The sorts of change. */
  public enum Kind {
    /** Unplanned: the serving PBX cannot serve. */
    FAILOVER,
    /** Planned: both are healthy. */
    SWITCHOVER,
    /** Back to the primary. */
    FAILBACK,
    /** Numbers to mobiles or back, or what an earlier plan left undone: who serves stays. */
    REDIRECT;

    /** Whether it changes which PBX serves. */
    public boolean changesRole() {
      return this != REDIRECT;
    }

    /** Whether a person asked for it, and the PBX that serves can wait until the other one does. */
    public boolean planned() {
      return this == SWITCHOVER || this == FAILBACK;
    }
  }

  /** Copies its list. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /**
   * Which steps must be achieved before the one at that place may begin, by their places.
   *
   * <ul>
   *   <li>Nobody takes the floating address before the other host is known to have let go of it,
   *       whatever the hurry.
   *   <li>While the PBX that was left still has the floating address, and be it because its host
   *       could not be fenced, callers who use that are not turned away there.
   *   <li>A registration takes seconds, and moving an address can fail: in a planned move the PBX
   *       that serves goes on serving until the other one is registered and has the address.
   * </ul>
   */
  public List<Integer> first(int place) {
    Step step = steps.get(place);
    if (step.occupies()) {
      List<Integer> freeing = places(Step::frees);
      return freeing.isEmpty() && kind.planned() ? places(Step::registers) : freeing;
    }
    if (!kind.planned()) {
      return step.closesGate() ? places(Step::occupies) : List.of();
    }
    if (step.frees()) {
      return places(Step::registers);
    }
    return step.takesAway() ? places(other -> other.registers() || other.occupies()) : List.of();
  }

  /** Whether it moves numbers to mobiles or back, and nothing else. */
  public boolean redirects() {
    return !kind.changesRole() && steps.stream().anyMatch(Step::atCarrier);
  }

  /** Whether both change the same number or row at the carrier. */
  boolean touchesSameAs(Plan other) {
    Set<String> theirs = other.atCarrier();
    return atCarrier().stream().anyMatch(theirs::contains);
  }

  private Set<String> atCarrier() {
    return steps.stream()
        .map(step -> step.on(new AtCarrier()))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** What a step changes there, by its number or the carrier's name for it. */
  private static final class AtCarrier implements Step.CasesOrElse<Optional<String>> {
    @Override
    public Optional<String> moveOrigination(Step.MoveOrigination step) {
      return Optional.of(step.want().sid());
    }

    @Override
    public Optional<String> routeNumber(Step.RouteNumber step) {
      return Optional.of(step.number().e164());
    }

    @Override
    public Optional<String> orElse(Step step) {
      return Optional.empty();
    }
  }

  /** Whether it is a planned move in which some steps wait for others. */
  public boolean ordered() {
    return kind.planned() && steps.stream().anyMatch(Step::essential);
  }

  private List<Integer> places(Predicate<Step> which) {
    return IntStream.range(0, steps.size()).filter(i -> which.test(steps.get(i))).boxed().toList();
  }
}
