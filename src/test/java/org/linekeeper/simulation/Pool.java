package org.linekeeper.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls that block, each some time later: nothing blocks in virtual time. */
final class Pool extends AbstractExecutorService {
  private final World world;
  private final Life life;

  Pool(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public void execute(Runnable task) {
    world.in(world.millis(5, world.chance(0.05) ? 1_500 : 150), () -> life.run(task));
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return life.over();
  }

  @Override
  public boolean isTerminated() {
    return life.over();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return life.over();
  }
}
