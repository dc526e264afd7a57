package org.linekeeper.office;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.carrier.Request;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/**
 * Sits at the carrier and kills Linekeeper as its nth change arrives, or once it was made and
 * before it is answered. Makes changes come one after the other, each recorded before the next is
 * answered, so that every run has the same steps.
 */
final class Reaper {
  private static final Duration MOST = Duration.ofSeconds(5);

  /** When to kill whom. */
  private record Order(boolean before, int place, Fault fault, Child victim) {}

  private final SimulatedCarrier carrier;
  private final AtomicReference<Order> order = new AtomicReference<>();
  private final AtomicReference<Child> child = new AtomicReference<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private volatile int done;
  private volatile int ahead;

  Reaper(SimulatedCarrier carrier) {
    this.carrier = carrier;
    carrier.onExchange(this::made);
  }

  /** From now on changes are counted anew, and are those of this Linekeeper. */
  void watch(Child linekeeper) {
    watch(linekeeper, 0);
  }

  /**
   * @param recordedFirst outcomes of other steps that are recorded before the first change is
   *     answered
   */
  void watch(Child linekeeper, int recordedFirst) {
    ahead = recordedFirst;
    order.set(null);
    carrier.goWell();
    child.set(linekeeper);
    arrived.set(0);
    made.set(0);
    done = done(linekeeper);
  }

  /** Kills it before or after that change, 1 the first. */
  void kill(boolean before, int place) {
    kill(before, place, Fault.CUT);
  }

  /**
   * @param fault what becomes of the request over which it dies, if it dies before
   */
  void kill(boolean before, int place, Fault fault) {
    Order wanted = new Order(before, place, fault, child.get());
    order.set(wanted);
    if (before) {
      carrier.goWrong(fault, 1, request -> isChange(request) && fatal(wanted));
    }
  }

  /** How many changes were made since. */
  int made() {
    return made.get();
  }

  private boolean fatal(Order wanted) {
    boolean now = arrived.incrementAndGet() == wanted.place && order.compareAndSet(wanted, null);
    if (now) {
      wanted.victim.kill();
    }
    return now;
  }

  private void made(Exchange exchange) {
    if (!isChange(exchange.request()) || exchange.fault().isPresent()) {
      return;
    }
    int place = made.incrementAndGet();
    Order now = order.get();
    if (now != null && !now.before && now.place == place && order.compareAndSet(now, null)) {
      now.victim.kill();
    } else {
      untilRecorded(place - 1 + ahead);
    }
  }

  private void untilRecorded(int changes) {
    Child linekeeper = child.get();
    if (linekeeper != null) {
      linekeeper.untilCommitted(MOST, () -> done(linekeeper) - done >= changes);
    }
  }

  private static int done(Child linekeeper) {
    return (int) linekeeper.committed().stream().filter("Done"::equals).count();
  }

  private static boolean isChange(Request request) {
    return request.method().equals("POST") && !request.path().contains("/Messages");
  }
}
