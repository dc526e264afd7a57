package org.linekeeper.simulation;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;

/** The two PBXs: whether they answer, and whether their gates are closed. */
final class Pbxs {
  private static final Duration GATE = Duration.ofMillis(800);

  private final Office office;
  private final Map<PbxId, One> all = new TreeMap<>();

  /** One of them. */
  static final class One {
    private final Machine machine;
    private boolean runs = true;
    private boolean hangs;
    private long closedUntil;
    private long unwellAt = Long.MIN_VALUE / 2;

    private One(Machine machine) {
      this.machine = machine;
    }

    String host() {
      return machine.name;
    }

    boolean answers() {
      return runs && !hangs;
    }

    boolean runs() {
      return runs;
    }
  }

  Pbxs(Office office) {
    this.office = office;
  }

  void add(PbxId pbx, Machine machine) {
    all.put(pbx, new One(machine));
  }

  One get(PbxId pbx) {
    return java.util.Objects.requireNonNull(all.get(pbx));
  }

  void kill(PbxId pbx) {
    get(pbx).runs = false;
    get(pbx).closedUntil = 0;
    unwell(pbx);
    office.watchers().forEach(watcher -> watcher.probes().ended(pbx));
  }

  void starts(PbxId pbx) {
    unwell(pbx);
    get(pbx).runs = true;
    get(pbx).hangs = false;
  }

  void hangs(PbxId pbx, boolean hangs) {
    unwell(pbx);
    get(pbx).hangs = hangs;
  }

  private void unwell(PbxId pbx) {
    get(pbx).unwellAt = office.world().now();
  }

  /** Whether it has answered for so long without a break. */
  boolean wellFor(PbxId pbx, Duration time) {
    One one = get(pbx);
    return one.answers() && office.world().now() - one.unwellAt > time.toNanos();
  }

  boolean takesCalls(PbxId pbx) {
    One one = get(pbx);
    return one.answers() && office.world().now() >= one.closedUntil;
  }

  /** Until when a gate is closed that is closed now. */
  private long until(PbxId pbx, Duration lease) {
    return office.flaws().contains(Flaw.STANDBY_LEFT_OPEN)
        ? 0
        : office.flaws().contains(Flaw.CLOSED_FOR_EVER)
            ? Long.MAX_VALUE
            : office.world().now() + get(pbx).machine.real(lease);
  }

  /** What one watcher can do to them. */
  PbxControl control(String watcher, Life life) {
    return new PbxControl() {
      @Override
      public CompletionStage<Outcome> openGate(PbxId pbx, Epoch epoch) {
        return tell(pbx, () -> get(pbx).closedUntil = 0);
      }

      @Override
      public CompletionStage<Outcome> closeGate(
          PbxId pbx, Duration lease, Epoch epoch, BooleanSupplier still) {
        Runnable close = () -> get(pbx).closedUntil = until(pbx, lease);
        return ask(pbx, () -> {}) // for the time by its clock
            .thenCompose(
                clock ->
                    clock.achieved() && still.getAsBoolean()
                        ? tell(pbx, close)
                        : CompletableFuture.completedFuture(Outcome.unknown("not closed")));
      }

      private CompletionStage<Outcome> tell(PbxId pbx, Runnable change) {
        if (!office.moment(watcher, "before it tells a PBX something")) {
          return new CompletableFuture<>();
        }
        return ask(
            pbx,
            () -> {
              change.run();
              office.moment(watcher, "after it told a PBX something");
            });
      }

      private CompletionStage<Outcome> ask(PbxId pbx, Runnable change) {
        office.check(
            office.watcher(watcher).mayAct(),
            watcher + " tells a PBX something without the right to");
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        String host = get(pbx).host();
        life.after(GATE, () -> outcome.complete(Outcome.unknown("no answer from " + pbx)));
        office
            .wire()
            .send(
                watcher,
                host,
                () -> {
                  if (get(pbx).answers()) {
                    change.run();
                    office
                        .wire()
                        .send(
                            host,
                            watcher,
                            () -> life.run(() -> outcome.complete(Outcome.applied("done"))));
                  }
                });
        return outcome;
      }

      @Override
      public CompletionStage<Outcome> register(PbxId pbx, String registration, boolean up) {
        return CompletableFuture.completedFuture(Outcome.rejected("there is none"));
      }

      @Override
      public CompletionStage<Outcome> stayUnregistered(PbxId pbx, String registration) {
        return register(pbx, registration, false);
      }

      @Override
      public CompletionStage<Outcome> readyToLeave(PbxId pbx) {
        return ask(pbx, () -> {});
      }
    };
  }
}
