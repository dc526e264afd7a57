package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The latest requests to the REST API, and who is told of each. */
final class ExchangeLog {
  private static final int LIMIT = 10_000;

  private final Deque<Exchange> latest = new ArrayDeque<>();
  private final List<Consumer<Exchange>> listeners = new CopyOnWriteArrayList<>();
  private long made;

  void add(Request request, Answer answer, Optional<Fault> fault, Instant at) {
    Exchange exchange;
    synchronized (this) {
      made++;
      exchange = new Exchange(made, at, request, answer, fault);
      latest.addLast(exchange);
      if (latest.size() > LIMIT) {
        latest.removeFirst();
      }
    }
    listeners.forEach(l -> l.accept(exchange));
  }

  void listen(Consumer<Exchange> listener) {
    listeners.add(listener);
  }

  synchronized List<Exchange> all() {
    return List.copyOf(latest);
  }

  synchronized void clear() {
    latest.clear();
  }
}
