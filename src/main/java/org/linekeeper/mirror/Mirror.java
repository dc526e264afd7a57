package org.linekeeper.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;

/**
 * Keeps the rows of the PBX that serves on the other one, so that phones ring through it the moment
 * it is promoted. Whatever woke it, it compares the whole again: an event that is lost costs only
 * the time to the next comparison.
 */
public final class Mirror implements AstDb.Listener, AutoCloseable {
  /** Phones tend to register together, after a power cut: one comparison for a handful. */
  private static final Duration SOON = Duration.ofMillis(20);

  /** Comparing takes a tenth of the time at most, however much is going on. */
  private static final int IDLE_TIMES = 10;

  private final Wish wish;
  private final Supplier<Optional<Course>> course;
  private final Workers workers;
  private final List<AstDb> pbxs = new ArrayList<>();
  private final List<Copying> copyings = new ArrayList<>();
  private final Map<String, Copied> standing = new ConcurrentSkipListMap<>();
  private final Set<PbxId> restarted = ConcurrentHashMap.newKeySet();

  private @Nullable Future<?> next;
  private Duration nextAt = Duration.ZERO;
  private Duration ended = Duration.ZERO;
  private Duration took = Duration.ZERO;
  private boolean turning;
  private boolean woken;
  private boolean closed;

  /**
   * Copies nothing yet.
   *
   * @param course asked again and again: which PBX serves; empty while nothing may be touched or
   *     nobody is seen to serve
   */
  public Mirror(Wish wish, Supplier<Optional<Course>> course, Workers workers) {
    this.wish = wish;
    this.course = course;
    this.workers = workers;
  }

  /** Between these, each with each. */
  public synchronized void start(List<AstDb> between) {
    pbxs.addAll(between);
    for (int i = 0; i < pbxs.size(); i++) {
      for (int j = i + 1; j < pbxs.size(); j++) {
        for (Shelf shelf : wish.shelves()) {
          copyings.add(new Copying(shelf, pbxs.get(i), pbxs.get(j), course, wish.every()));
        }
      }
    }
    pbxs.forEach(AstDb::start);
    plan(SOON);
  }

  @Override
  public void changed(PbxId pbx) {
    wake();
  }

  @Override
  public void up(PbxId pbx) {
    restarted.add(pbx);
    wake();
  }

  private synchronized void wake() {
    if (turning) {
      woken = true;
    } else {
      plan(soonAllowed());
    }
  }

  private Duration soonAllowed() {
    Duration rest = took.multipliedBy(IDLE_TIMES).minus(workers.ticker().since(ended));
    return rest.compareTo(SOON) > 0 ? rest : SOON;
  }

  /** The earlier of what is planned and this. */
  private synchronized void plan(Duration delay) {
    Duration at = workers.ticker().now().plus(delay);
    Future<?> planned = next;
    if (closed || (planned != null && nextAt.compareTo(at) <= 0)) {
      return;
    }
    if (planned != null) {
      planned.cancel(false);
    }
    nextAt = at;
    next = workers.after(delay, this::turn);
  }

  private void turn() {
    List<Copying> all;
    synchronized (this) {
      next = null;
      if (turning || closed) {
        return;
      }
      turning = true;
      woken = false;
      all = List.copyOf(copyings);
    }
    Duration began = workers.ticker().now();
    Optional<Course> now = course.get();
    Set<PbxId> back = Set.copyOf(restarted);
    restarted.removeAll(back);
    if (!back.isEmpty()) {
      all.forEach(copying -> copying.forget(back));
    }
    if (now.isEmpty()) {
      all.forEach(Copying::forget);
    }
    CompletionStage<Boolean> good = CompletableFuture.completedFuture(true);
    for (Copying copying : all) {
      if (now.isPresent() && copying.concerns(now.get()) && copying.due(began)) {
        good = good.thenCompose(so -> one(copying, now.get()).thenApply(ok -> so && ok));
      }
    }
    good.whenComplete((ok, defect) -> end(began, Boolean.TRUE.equals(ok)));
  }

  private CompletionStage<Boolean> one(Copying copying, Course now) {
    PbxId to = copying.other(now).pbx();
    String key = copying.name() + " " + to;
    return copying
        .turn(now)
        .exceptionally(defect -> AmiAnswer.defect("a defect in Linekeeper: " + defect))
        .thenApply(
            answer -> {
              Duration at = workers.ticker().now();
              standing.compute(
                  key,
                  (k, before) ->
                      answer
                          .value()
                          .map(seen -> copied(copying.name(), now, to, seen, at))
                          .orElseGet(() -> failed(copying.name(), now, to, before, answer.said())));
              copying.ended(answer.ok(), at);
              return answer.ok();
            });
  }

  private static Copied copied(String what, Course now, PbxId to, Comparison seen, Duration at) {
    int alike = seen.same() + (int) seen.changes().stream().filter(Mirror::copies).count();
    return new Copied(
        what, now.from(), to, alike, seen.own(), seen.skipped(), at, 0, seen.withheld());
  }

  private static boolean copies(Change change) {
    return change.side() == Change.Side.OTHER && change.value().isPresent();
  }

  private static Copied failed(
      String what, Course now, PbxId to, @Nullable Copied before, String why) {
    return before != null && before.from().equals(now.from())
        ? before.failed(why)
        : Copied.never(what, now.from(), to, why);
  }

  private synchronized void end(Duration began, boolean good) {
    turning = false;
    ended = workers.ticker().now();
    took = ended.minus(began);
    plan(wish.every());
    if (woken && good) {
      plan(soonAllowed());
    }
  }

  /** How does each copying stand? Only what concerns the PBX that serves now. */
  public List<Copied> standing() {
    Optional<PbxId> from = course.get().map(Course::from);
    return standing.values().stream()
        .filter(copied -> from.filter(copied.from()::equals).isPresent())
        .toList();
  }

  /** The same as sentences. */
  public List<String> sentences() {
    Duration now = workers.ticker().now();
    return standing().stream().map(copied -> copied.sentence(now)).toList();
  }

  @Override
  public void close() {
    List<AstDb> all;
    synchronized (this) {
      closed = true;
      if (next != null) {
        next.cancel(false);
      }
      all = List.copyOf(pbxs);
    }
    all.forEach(AstDb::close);
  }
}
