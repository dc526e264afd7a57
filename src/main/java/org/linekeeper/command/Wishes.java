package org.linekeeper.command;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.routing.Routing;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** What people have wished about the numbers, at one moment. */
final class Wishes {
  private final State state;
  private final Estate estate;
  private final Instant now;

  Wishes(State state, Estate estate, Instant now) {
    this.state = state;
    this.estate = estate;
    this.now = now;
  }

  /** The same after some entries. */
  Wishes after(Collection<Entry> entries) {
    State later = state;
    for (Entry entry : entries) {
      later = State.evolve(later, entry);
    }
    return new Wishes(later, estate, now);
  }

  List<OfficeNumber> movable(Collection<Selection> what) {
    return estate.numbers().stream()
        .filter(n -> n.movable() && what.stream().anyMatch(s -> s.covers(n)))
        .toList();
  }

  List<Diversion> inForce() {
    return state.diversions().values().stream()
        .filter(d -> d.owner().door() != Actor.Door.ITSELF)
        .filter(d -> d.inForce(now))
        .toList();
  }

  /** Those about nothing but numbers of that selection. */
  List<Diversion> inside(Selection selection) {
    List<OfficeNumber> covered = movable(List.of(selection));
    return inForce().stream()
        .filter(
            d -> {
              List<OfficeNumber> its = movable(List.of(d.what()));
              return d.what().equals(selection)
                  || selection.kind() == Selection.Kind.ALL
                  || (!its.isEmpty() && covered.containsAll(its));
            })
        .toList();
  }

  /** Where these numbers should ring. */
  List<WantedRoute> routes(Collection<OfficeNumber> numbers) {
    Set<OfficeNumber> meant = Set.copyOf(numbers);
    return Routing.wanted(state, now).values().stream()
        .filter(route -> meant.contains(route.number()))
        .toList();
  }

  List<WantedRoute> onMobiles(Collection<OfficeNumber> numbers) {
    return routes(numbers).stream().filter(route -> !route.atOffice()).toList();
  }

  static List<OfficeNumber> numbers(Collection<WantedRoute> routes) {
    return routes.stream().map(WantedRoute::number).toList();
  }
}
