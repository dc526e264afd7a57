package org.linekeeper.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.estate.PbxId;

/**
 * Copies one kind of rows between two PBXs, one comparison at a time: read both whole, compare,
 * write. A comparison needs both answers whole, so while either PBX is silent nothing is written
 * and nothing removed.
 */
final class Copying {
  /** Twenty thousand rows take 0.2 s to read; a PBX that is slower is left alone for a while. */
  private static final Duration READ = Duration.ofSeconds(2);

  private static final Duration WRITE = Duration.ofMillis(800);

  /** Asterisk takes 20,000 rows a second; so many are on the way at once. */
  private static final int AT_ONCE = 16;

  /** What is left over is written after the next comparison. */
  private static final int MOST_CHANGES = 2_000;

  private final Shelf shelf;
  private final AstDb one;
  private final AstDb two;
  private final Merge merge;
  private final Supplier<Optional<Course>> course;
  private final Patience patience;
  private final AtomicReference<@Nullable Course> last = new AtomicReference<>();
  private final AtomicReference<@Nullable PbxId> served = new AtomicReference<>();
  private final Set<PbxId> back = ConcurrentHashMap.newKeySet();

  /**
   * @param every the usual time between two comparisons
   */
  Copying(Shelf shelf, AstDb one, AstDb two, Supplier<Optional<Course>> course, Duration every) {
    this.shelf = shelf;
    this.one = one;
    this.two = two;
    this.course = course;
    merge = shelf.merge();
    patience = new Patience(every);
  }

  /** What is copied, for people. */
  String name() {
    return shelf.name();
  }

  /** Whether that PBX is one of the two. */
  boolean concerns(Course now) {
    return one.pbx().equals(now.from()) || two.pbx().equals(now.from());
  }

  AstDb active(Course now) {
    return one.pbx().equals(now.from()) ? one : two;
  }

  AstDb other(Course now) {
    return one.pbx().equals(now.from()) ? two : one;
  }

  /** Nobody served for a while. */
  void forget() {
    last.set(null);
  }

  /** These PBXs were away, and may have restarted. */
  void forget(Set<PbxId> restarted) {
    forget();
    back.addAll(restarted);
    patience.forget();
  }

  /** Whether it may be tried now: after a failure it waits, longer each time. */
  boolean due(Duration now) {
    return patience.allows(now);
  }

  /** So it ended. */
  void ended(boolean good, Duration now) {
    patience.ended(good, now);
  }

  /** One comparison and what follows from it; the answer says how it stands, or why it does not. */
  CompletionStage<AmiAnswer<Comparison>> turn(Course now) {
    recall(now);
    AstDb active = active(now);
    AstDb other = other(now);
    CompletionStage<AmiAnswer<Map<String, String>>> others = shelf.read(other, READ);
    return shelf
        .read(active, READ)
        .thenCombine(others, Copying::both)
        .thenCombine(places(active), (rows, here) -> rows.then(r -> here.map(r::withHere)))
        .thenCombine(places(other), (rows, there) -> rows.then(r -> there.map(r::withThere)))
        .thenApply(rows -> rows.map(r -> merge.compare(r.active, r.other, r.here, r.there)))
        .thenCompose(compared -> write(now, compared));
  }

  /** What of earlier looks still counts? */
  private void recall(Course now) {
    PbxId servedBefore = served.getAndSet(now.from());
    boolean turned = servedBefore != null && !servedBefore.equals(now.from());
    boolean restarted = back.contains(now.from());
    back.clear();
    if (turned) {
      merge.turned();
    }
    if (restarted) {
      merge.restarted();
    }
    if (!now.equals(last.getAndSet(now))) {
      merge.forget();
    }
  }

  private record Both(
      Map<String, String> active, Map<String, String> other, Places here, Places there) {
    Both withHere(Places places) {
      return new Both(active, other, places, there);
    }

    Both withThere(Places places) {
      return new Both(active, other, here, places);
    }
  }

  private static AmiAnswer<Both> both(
      AmiAnswer<Map<String, String>> active, AmiAnswer<Map<String, String>> other) {
    return active.then(a -> other.map(o -> new Both(a, o, Places.forAll(), Places.forAll())));
  }

  private CompletionStage<AmiAnswer<Places>> places(AstDb pbx) {
    return shelf.needsAor()
        ? pbx.aors(READ).thenApply(answer -> answer.map(Places::of))
        : done(AmiAnswer.done(Places.forAll(), ""));
  }

  private CompletionStage<AmiAnswer<Comparison>> write(Course now, AmiAnswer<Comparison> compared) {
    List<Change> changes = compared.value().map(Comparison::changes).orElse(List.of());
    return writeFrom(now, compared, changes.subList(0, Math.min(changes.size(), MOST_CHANGES)));
  }

  private CompletionStage<AmiAnswer<Comparison>> writeFrom(
      Course now, AmiAnswer<Comparison> compared, List<Change> left) {
    if (left.isEmpty()) {
      return done(compared);
    }
    // looked at before each handful: another PBX may serve by now, or nothing may be touched
    if (!course.get().equals(Optional.of(now))) {
      return done(compared);
    }
    List<Change> handful = left.subList(0, Math.min(AT_ONCE, left.size()));
    CompletionStage<Optional<AmiAnswer<String>>> wrong = done(Optional.empty());
    for (Change change : handful) {
      wrong = wrong.thenCombine(write(now, change), Copying::worse);
    }
    return wrong.thenCompose(
        fault ->
            fault.isPresent()
                ? done(fault.get().then(said -> compared))
                : writeFrom(now, compared, left.subList(handful.size(), left.size())));
  }

  private CompletionStage<AmiAnswer<String>> write(Course now, Change change) {
    AstDb where = change.side() == Change.Side.ACTIVE ? active(now) : other(now);
    return shelf
        .write(where, change, WRITE)
        .thenApply(
            answer -> {
              if (answer.ok()) {
                merge.done(change);
              }
              return answer;
            });
  }

  /** A row that is refused is no reason to leave the others; silence is. */
  private static Optional<AmiAnswer<String>> worse(
      Optional<AmiAnswer<String>> before, AmiAnswer<String> answer) {
    return switch (answer.kind()) {
      case DONE, REFUSED -> before;
      case NOT_ALLOWED, SILENT, NOT_CONNECTED -> Optional.of(answer);
    };
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
