package org.linekeeper.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Actor;

/**
 * What somebody may do. Staff by text or desk phone may do what staff.yml says; a login on the page
 * or the command line may do everything.
 */
final class Authority {
  private final Estate estate;
  private final boolean known;
  private final boolean mayOperate;
  private final Set<Selection> mayMove;

  private Authority(Estate estate, boolean known, boolean mayOperate, Set<Selection> mayMove) {
    this.estate = estate;
    this.known = known;
    this.mayOperate = mayOperate;
    this.mayMove = mayMove;
  }

  static Authority of(Estate estate, Actor actor) {
    return switch (actor.door()) {
      case SMS, DESK_PHONE ->
          estate
              .staffMember(new StaffId(actor.name()))
              .map(s -> of(estate, s))
              .orElseGet(() -> new Authority(estate, false, false, Set.of()));
      case CLI, PAGE, ITSELF -> new Authority(estate, true, true, Set.of(Selection.ALL));
    };
  }

  private static Authority of(Estate estate, StaffMember staff) {
    return new Authority(estate, true, staff.mayOperate(), staff.mayMove());
  }

  /** Why the person may not ask that at all; empty if they may, or if it depends on the numbers. */
  Optional<String> whyNot(Command command) {
    if (!known) {
      return Optional.of("You are not on the staff list any more, so nothing was changed.");
    }
    return switch (command.right()) {
      case LOOK -> Optional.empty();
      case MOVE ->
          mayMove.isEmpty()
              ? Optional.of("You are not set up to move any numbers, so nothing was changed.")
              : Optional.empty();
      case OPERATE ->
          mayOperate
              ? Optional.empty()
              : Optional.of(
                  "You are not set up to operate the PBXs, so nothing was changed." + others());
    };
  }

  boolean mayOperate() {
    return mayOperate;
  }

  private String others() {
    List<String> who =
        estate.staff().stream().filter(StaffMember::mayOperate).map(StaffMember::name).toList();
    return who.isEmpty() ? "" : " " + Wording.either(who) + " can do that.";
  }

  /** Everything that the person may move: ALL, or selections of which none is inside another. */
  List<Selection> own() {
    List<Selection> widest =
        mayMove.stream()
            .filter(s -> !movable(s).isEmpty())
            .sorted(Comparator.comparing(Selection::kind).reversed().thenComparing(Selection::name))
            .toList();
    return widest.stream()
        .filter(s -> widest.subList(0, widest.indexOf(s)).stream().noneMatch(w -> inside(s, w)))
        .toList();
  }

  private boolean inside(Selection inner, Selection outer) {
    return movable(outer).containsAll(movable(inner));
  }

  /** The movable numbers among those meant that the person may not move. */
  List<OfficeNumber> notPermitted(Collection<Selection> what) {
    return what.stream()
        .flatMap(s -> movable(s).stream())
        .distinct()
        .filter(number -> mayMove.stream().noneMatch(s -> s.covers(number)))
        .toList();
  }

  private List<OfficeNumber> movable(Selection selection) {
    return estate.numbers().stream().filter(n -> n.movable() && selection.covers(n)).toList();
  }
}
