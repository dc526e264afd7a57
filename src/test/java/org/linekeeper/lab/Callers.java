package org.linekeeper.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/** The outside world, dialling one number after the other, and what became of each call. */
public final class Callers {
  private final SimulatedCarrier carrier;
  private final ConcurrentLinkedQueue<CallRecord> calls = new ConcurrentLinkedQueue<>();

  public Callers(SimulatedCarrier carrier) {
    this.carrier = carrier;
    carrier.caller().onCall(calls::add);
  }

  /** Calls the main line. */
  public CallRecord call() {
    return carrier.caller().call("+441632960500", LabOffice.MAIN);
  }

  /** Calls that often, and returns who answered each; empty text for nobody. */
  public List<String> answers(int count) {
    List<String> who = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      who.add(call().via());
    }
    return who;
  }

  /** Calls until that PBX answers, and returns how long that took. */
  public Duration until(String pbx, Duration limit) {
    long start = System.nanoTime();
    while (true) {
      CallRecord call = call();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (pbx.equals(call.via())) {
        return took;
      }
      if (took.compareTo(limit) > 0) {
        throw new AssertionError(pbx + " has not answered within " + limit + "; last: " + call);
      }
    }
  }
}
