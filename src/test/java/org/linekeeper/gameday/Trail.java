package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.linekeeper.lab.LabHost;

/**
 * Where the milliseconds of a moved address go: what the kernels of the three hosts concerned say
 * of it themselves ({@code ip monitor}), whichever tool moved it.
 */
final class Trail implements AutoCloseable {
  private final List<IpMonitor> monitors = new ArrayList<>();
  private final List<Mark> marks = new CopyOnWriteArrayList<>();
  private final String address;

  private record Mark(Instant at, String host, String text) {}

  private Trail(String address) {
    this.address = address;
  }

  static Trail follow(House house, ServiceAddress service) {
    Trail trail = new Trail(service.ip());
    trail.watch(house.primary().host(), "address");
    trail.watch(house.standby().host(), "address");
    trail.watch(house.carrier(), "neigh");
    return trail;
  }

  private void watch(LabHost host, String what) {
    monitors.add(
        IpMonitor.on(
            host, what, address, (at, text) -> marks.add(new Mark(at, host.name(), text))));
  }

  /**
   * From that moment, in microseconds; what did not happen is left out.
   *
   * @param call the first that was answered
   */
  Map<String, Long> since(Instant struck, Optional<Call> call) {
    Map<String, Long> steps = new LinkedHashMap<>();
    put(steps, "the primary's host lets go", struck, mark(struck, "primary", Trail::removed));
    put(steps, "the standby's host has it", struck, mark(struck, "standby", t -> !removed(t)));
    put(steps, "the carrier's host knows", struck, lastNeighbour(struck, call));
    put(steps, "the answered call begins", struck, call.map(Call::at));
    put(steps, "it is answered", struck, call.map(Call::end));
    return steps;
  }

  private static boolean removed(String text) {
    return text.startsWith("Deleted");
  }

  private Optional<Instant> mark(Instant struck, String host, Predicate<String> which) {
    return marks.stream()
        .filter(m -> m.host.equals(host) && !m.at.isBefore(struck) && which.test(m.text))
        .map(Mark::at)
        .findFirst();
  }

  /** The one before that call was answered: its entry is confirmed now and then as well. */
  private Optional<Instant> lastNeighbour(Instant struck, Optional<Call> call) {
    return marks.stream()
        .filter(m -> m.host.equals(House.CARRIER) && !m.at.isBefore(struck))
        .filter(m -> call.filter(c -> m.at.isBefore(c.end())).isPresent())
        .map(Mark::at)
        .reduce((first, later) -> later);
  }

  private static void put(
      Map<String, Long> steps, String what, Instant struck, Optional<Instant> at) {
    at.ifPresent(moment -> steps.put(what, Duration.between(struck, moment).toNanos() / 1000));
  }

  @Override
  public void close() {
    monitors.forEach(IpMonitor::close);
  }
}
