package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.lab.CallResult;
import org.linekeeper.lab.LabProvider;

/** Callers from outside, one every 10 ms, each ended as soon as it is answered. */
final class Calls implements AutoCloseable {
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Runnable end;

  private Calls(Runnable end) {
    this.end = end;
  }

  static Calls begin(SimulatedCarrier carrier, Duration every) {
    Calls callers = new Calls(carrier.caller()::pause);
    carrier.caller().onCall(c -> callers.calls.add(new Call(c.at(), c.took(), who(c))));
    carrier.caller().callEvery(every);
    return callers;
  }

  private static String who(CallRecord call) {
    return switch (call.answeredBy()) {
      case PBX -> call.who();
      case MOBILE -> "mobiles";
      case ANNOUNCEMENT, NOBODY -> "";
    };
  }

  /** Callers whose calls come by a provider with whom the PBXs register, one after another. */
  static Calls begin(LabProvider provider, Duration every) {
    ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
    Calls callers = new Calls(clock::shutdownNow);
    clock.scheduleWithFixedDelay(
        () -> {
          Instant at = Instant.now();
          CallResult result = provider.call(House.LEG);
          callers.calls.add(
              new Call(at, result.took(), result.status() == 200 ? result.server() : ""));
        },
        0,
        every.toMillis(),
        TimeUnit.MILLISECONDS);
    return callers;
  }

  /** The calls so far, by their start. */
  List<Call> all() {
    return calls.stream().sorted(Comparator.comparing(Call::at)).toList();
  }

  boolean answeredSince(Instant when, String by) {
    return calls.stream().anyMatch(c -> !c.at().isBefore(when) && by.equals(c.by()));
  }

  @Override
  public void close() {
    end.run();
  }
}
