package org.linekeeper.state;

import java.time.Instant;
import java.util.SortedMap;
import org.linekeeper.estate.PhoneNumber;

/** How intents and outcomes change what is known of the carrier's numbers and rows. */
record Moves(
    SortedMap<PhoneNumber, MovedNumber> numbers,
    SortedMap<String, MovedRow> rows,
    SortedMap<PhoneNumber, MovedNumber> returned) {

  /** From here on the world may be as the step wants it; how it was found is kept once for all. */
  void intended(Step step, Instant at) {
    step.on(new Intended(at));
  }

  /** What is known to be back as it was found is Linekeeper's no more, but for late requests. */
  void achieved(Step step) {
    step.on(new Achieved());
  }

  private final class Intended extends OnCarrier {
    private final Instant at;

    Intended(Instant at) {
      this.at = at;
    }

    @Override
    void number(Step.RouteNumber step) {
      MovedNumber known = numbers.get(step.number());
      returned.remove(step.number());
      // Put back without having been moved: a late request diverted it after it was let go.
      NumberImage first = step.rings().isEmpty() ? step.want() : step.before();
      numbers.put(
          step.number(),
          new MovedNumber(
              step.number(),
              step.sid(),
              known == null ? first : known.asFound(),
              step.want(),
              step.rings(),
              at,
              false));
    }

    @Override
    void row(Step.MoveOrigination step) {
      String sid = step.want().sid();
      MovedRow known = rows.get(sid);
      OriginationUrl asFound = known == null ? step.before() : known.asFound();
      rows.put(sid, new MovedRow(step.trunk(), asFound, step.want(), at, false));
    }
  }

  private final class Achieved extends OnCarrier {
    @Override
    void number(Step.RouteNumber step) {
      MovedNumber known = numbers.get(step.number());
      if (known == null || !known.wanted().equals(step.want())) {
        return; // A newer intent counts.
      }
      if (step.rings().isEmpty()) {
        numbers.remove(step.number());
        returned.put(step.number(), known.settle());
      } else {
        numbers.put(step.number(), known.settle());
      }
    }

    @Override
    void row(Step.MoveOrigination step) {
      MovedRow known = rows.get(step.want().sid());
      if (known == null || !known.wanted().equals(step.want())) {
        return; // A newer intent counts.
      }
      if (known.asFound().equals(step.want())) {
        rows.remove(step.want().sid());
      } else {
        rows.put(step.want().sid(), known.settle());
      }
    }
  }

  /** Cases in which only steps at the carrier matter. */
  private abstract static class OnCarrier implements Step.CasesOrElse<Boolean> {
    abstract void number(Step.RouteNumber step);

    abstract void row(Step.MoveOrigination step);

    @Override
    public Boolean routeNumber(Step.RouteNumber step) {
      number(step);
      return true;
    }

    @Override
    public Boolean moveOrigination(Step.MoveOrigination step) {
      row(step);
      return true;
    }

    @Override
    public Boolean orElse(Step step) {
      return false;
    }
  }
}
