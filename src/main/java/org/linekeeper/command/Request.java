package org.linekeeper.command;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** One person asking at one moment, with all that is needed to answer. */
record Request(
    State state,
    Estate estate,
    Actor actor,
    Instant now,
    Authority authority,
    Wording wording,
    Supplier<String> ids) {

  Wishes wishes() {
    return new Wishes(state, estate, now);
  }

  /** Why these numbers are not to be moved by this person; empty if they may be. */
  Optional<String> whyNotMove(List<Selection> what) {
    if (state.mode() == Rules.Mode.OBSERVE) {
      return Optional.of(observing());
    }
    return neverMoved(what).or(() -> notTheirs(what));
  }

  String observing() {
    return "Linekeeper is set to observe only: it moves and switches nothing. Somebody with a login"
        + " can set its mode.";
  }

  private Optional<String> neverMoved(List<Selection> what) {
    List<OfficeNumber> fixed =
        estate.numbers().stream()
            .filter(n -> !n.movable())
            .filter(n -> what.contains(Selection.of(n.number())))
            .toList();
    if (!fixed.isEmpty()) {
      return Optional.of(
          wording.numbers(fixed)
              + " must never be moved: numbers.yml says so, as for faxes, alarms and lifts."
              + " Nothing was changed.");
    }
    return wishes().movable(what).isEmpty()
        ? Optional.of("There is no number in that which may be moved. Nothing was changed.")
        : Optional.empty();
  }

  private Optional<String> notTheirs(List<Selection> what) {
    List<OfficeNumber> forbidden = authority.notPermitted(what);
    return forbidden.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "You may not move "
                + wording.numbers(forbidden)
                + ". Nothing was changed. You may move: "
                + wording.says(authority.own())
                + ".");
  }

  /** The numbers meant: those named, or all that are the person's. */
  List<Selection> meant(List<Selection> what) {
    return what.isEmpty() ? authority.own() : what;
  }

  List<Entry> end(Collection<Diversion> diversions) {
    return diversions.stream()
        .distinct()
        .<Entry>map(d -> new Entry.DiversionEnded(now, d.id(), actor))
        .toList();
  }
}
