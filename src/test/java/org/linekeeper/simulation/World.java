package org.linekeeper.simulation;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Virtual time: what happens when, and by which chance. One seed gives one course of events. */
final class World {
  private final SplittableRandom random;
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long now;
  private long count;

  private record Event(long at, long number, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  World(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  Duration time() {
    return Duration.ofNanos(now);
  }

  /** Events so far. */
  long events() {
    return count;
  }

  void in(long nanos, Runnable task) {
    queue.add(new Event(now + Math.max(0, nanos), count++, task));
  }

  /** Lets the next thing happen; false if nothing is to happen before that time. */
  boolean next(long until) {
    Event event = queue.peek();
    if (event == null || event.at > until) {
      now = until;
      return false;
    }
    queue.poll();
    now = event.at;
    event.task.run();
    return true;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int pick(int bound) {
    return random.nextInt(bound);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** Nanoseconds of so many milliseconds. */
  long millis(double low, double high) {
    return (long) (between(low, high) * 1e6);
  }
}
