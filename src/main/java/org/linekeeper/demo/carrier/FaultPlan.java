package org.linekeeper.demo.carrier;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of the coming requests go wrong, and how. */
final class FaultPlan {
  private static final int LIMIT = 1_000;

  private static final class Planned {
    final Predicate<Request> where;
    final Fault fault;
    int times;

    Planned(Predicate<Request> where, Fault fault, int times) {
      this.where = where;
      this.fault = fault;
      this.times = times;
    }
  }

  private final List<Planned> planned = new ArrayList<>();

  synchronized void add(Predicate<Request> where, Fault fault, int times) {
    if (planned.size() >= LIMIT || times < 1) {
      throw new IllegalArgumentException("at most " + LIMIT + " faults, each at least once");
    }
    planned.add(new Planned(where, fault, times));
  }

  synchronized void clear() {
    planned.clear();
  }

  /** The fault for this request, which uses up one of its times. */
  synchronized Optional<Fault> take(Request request) {
    Iterator<Planned> each = planned.iterator();
    while (each.hasNext()) {
      Planned next = each.next();
      if (next.where.test(request)) {
        next.times--;
        if (next.times == 0) {
          each.remove();
        }
        return Optional.of(next.fault);
      }
    }
    return Optional.empty();
  }
}
