package org.linekeeper.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.linekeeper.failover.Clockwork;

/** One life of a watcher's process, which can be paused and ends once. */
final class Life implements Clockwork {
  private static final long TASK = 10_000;

  private final World world;
  private final Machine machine;
  private final Deque<Runnable> later = new ArrayDeque<>();
  private boolean paused;
  private boolean over;
  private long wentOn;

  Life(World world, Machine machine) {
    this.world = world;
    this.machine = machine;
    this.wentOn = world.now();
  }

  boolean over() {
    return over;
  }

  boolean paused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  void goOn() {
    paused = false;
    wentOn = world.now();
    while (!later.isEmpty()) {
      soon(later.poll());
    }
  }

  /** Whether it has run for so long without a break. */
  boolean ranFor(long nanos) {
    return !over && !paused && world.now() - wentOn > nanos;
  }

  void end() {
    over = true;
    later.clear();
  }

  /** Runs it now if the process runs, when it goes on if it is paused, never if it is over. */
  void run(Runnable task) {
    if (over) {
      return;
    }
    if (paused) {
      later.add(task);
    } else {
      task.run();
    }
  }

  @Override
  public void soon(Runnable task) {
    world.in(TASK, () -> run(task));
  }

  @Override
  public int waiting() {
    return 0;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    world.in(machine.real(delay), () -> run(task));
  }

  @Override
  public void close() {
    end();
  }
}
