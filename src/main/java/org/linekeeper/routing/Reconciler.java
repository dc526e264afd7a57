package org.linekeeper.routing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.MovedNumber;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * Compares where numbers should ring with what the carrier really has. Touches only numbers that
 * should ring on mobiles, and those that Linekeeper has moved.
 */
public final class Reconciler {
  private final RouteImages images;

  /**
   * @param images how the carrier writes routes down
   */
  public Reconciler(RouteImages images) {
    this.images = images;
  }

  /**
   * The steps that are missing.
   *
   * @param wanted the wanted route of every number
   * @param found every number as the carrier has it
   */
  public Difference difference(
      State state,
      Map<PhoneNumber, WantedRoute> wanted,
      Map<PhoneNumber, Found> found,
      Instant now) {
    List<Step> steps = new ArrayList<>();
    SortedMap<PhoneNumber, String> drifts = new TreeMap<>();
    TreeSet<PhoneNumber> numbers = new TreeSet<>(wanted.keySet());
    numbers.addAll(state.moved().keySet());
    numbers.addAll(state.returned().keySet());
    for (PhoneNumber number : numbers) {
      Case one =
          new Case(
              number,
              Optional.ofNullable(wanted.get(number)),
              Optional.ofNullable(found.get(number)),
              Optional.ofNullable(state.moved().get(number)),
              Optional.ofNullable(state.returned().get(number)),
              now);
      one.step().ifPresent(steps::add);
      one.drift().ifPresent(drift -> drifts.put(number, drift));
    }
    return new Difference(steps, drifts);
  }

  /** The step that makes a number be as wanted although somebody else has changed it. */
  public Optional<Step> repair(
      State state, Optional<WantedRoute> wanted, PhoneNumber number, Found found) {
    Optional<MovedNumber> moved = Optional.ofNullable(state.moved().get(number));
    Case one = new Case(number, wanted, Optional.of(found), moved, Optional.empty(), Instant.MIN);
    return one.target().map(target -> one.to(target, found));
  }

  /**
   * Fields that somebody else has changed since Linekeeper first moved the number. They are shown
   * and stay as they are.
   */
  public List<String> changedByOthers(MovedNumber moved, Found found) {
    return List.copyOf(
        moved.asFound().changesTo(images.withRoute(found.image(), moved.asFound())).keySet());
  }

  /** One number: what is wanted, what was found, what Linekeeper did before. */
  private final class Case {
    private final PhoneNumber number;
    private final Optional<WantedRoute> wanted;
    private final Optional<Found> found;
    private final Optional<MovedNumber> moved;

    /** It was put back, and a late request has diverted it again. */
    private final Optional<MovedNumber> late;

    private final Instant now;

    private Case(
        PhoneNumber number,
        Optional<WantedRoute> wanted,
        Optional<Found> found,
        Optional<MovedNumber> moved,
        Optional<MovedNumber> returned,
        Instant now) {
      this.number = number;
      this.wanted = wanted;
      this.found = found;
      this.moved = moved;
      this.late =
          returned
              .filter(r -> moved.isEmpty() && r.mayStillChange(now))
              .filter(r -> found.filter(f -> images.diverts(f.image())).isPresent());
      this.now = now;
    }

    private List<PhoneNumber> rings() {
      return wanted.map(WantedRoute::rings).orElse(List.of());
    }

    /**
     * What the number should be; empty if Linekeeper has no business with it. Only where it rings
     * is Linekeeper's: what others have made of its other fields, such as the address for 999,
     * stays.
     */
    private Optional<NumberImage> target() {
      if (rings().isEmpty()) {
        return moved
            .or(() -> late)
            .map(MovedNumber::asFound)
            .map(asFound -> found.map(f -> images.withRoute(f.image(), asFound)).orElse(asFound));
      }
      Optional<PhoneNumber> callerId =
          wanted.flatMap(route -> route.number().callerId()).or(() -> Optional.of(number));
      return found
          .map(Found::image)
          .or(() -> moved.or(() -> late).map(MovedNumber::asFound))
          .map(image -> images.diverted(image, rings(), callerId));
    }

    private Optional<Step> step() {
      return target().flatMap(target -> found.filter(f -> due(target, f)).map(f -> to(target, f)));
    }

    private Step to(NumberImage target, Found real) {
      // What a late request made of it is not how it was found.
      NumberImage before =
          rings().isEmpty()
              ? real.image()
              : late.map(MovedNumber::asFound).orElseGet(() -> real.image());
      return new Step.RouteNumber(number, real.sid(), before, target, rings());
    }

    private boolean due(NumberImage target, Found real) {
      boolean there = images.sameRoute(real.image(), target);
      return moved
          .map(m -> there ? !(m.settled() && images.sameRoute(m.wanted(), target)) : ours(m, real))
          .orElse(late.isPresent() || !there);
    }

    /** Whether what was found is Linekeeper's own doing, finished or not. */
    private boolean ours(MovedNumber m, Found real) {
      return !m.settled() || m.mayStillChange(now) || images.sameRoute(real.image(), m.wanted());
    }

    private Optional<String> drift() {
      if (rings().isEmpty() && moved.isEmpty()) {
        return Optional.empty();
      }
      if (found.isEmpty()) {
        return Optional.of("the carrier's account does not have this number");
      }
      return target()
          .filter(target -> !due(target, found.get()))
          .filter(target -> moved.isEmpty() || !images.sameRoute(found.get().image(), target))
          .map(
              target ->
                  moved.isEmpty()
                      ? "it rings on these mobiles already, but not by Linekeeper's doing"
                      : "somebody else has changed it at the carrier since Linekeeper moved it");
    }
  }
}
