package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/** Callers from outside, one every 10 ms, each ended as soon as it is answered. */
final class Calls implements AutoCloseable {
  private final SimulatedCarrier carrier;
  private final Queue<CallRecord> calls = new ConcurrentLinkedQueue<>();

  private Calls(SimulatedCarrier carrier) {
    this.carrier = carrier;
  }

  static Calls begin(SimulatedCarrier carrier, Duration every) {
    Calls callers = new Calls(carrier);
    carrier.caller().onCall(callers.calls::add);
    carrier.caller().callEvery(every);
    return callers;
  }

  /** The calls so far, by their start. */
  List<Call> all() {
    return calls.stream()
        .map(
            c ->
                new Call(
                    c.at(), c.took(), c.answeredBy() == CallRecord.AnsweredBy.PBX ? c.who() : ""))
        .sorted(Comparator.comparing(Call::at))
        .toList();
  }

  boolean answeredSince(Instant when, String by) {
    return calls.stream().anyMatch(c -> !c.at().isBefore(when) && by.equals(c.who()));
  }

  @Override
  public void close() {
    carrier.caller().pause();
  }
}
