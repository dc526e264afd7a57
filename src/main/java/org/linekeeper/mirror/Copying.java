package org.linekeeper.mirror;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.Aor;
import org.linekeeper.asterisk.AstDb;

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
  private final AtomicReference<@Nullable Course> last = new AtomicReference<>();

  Copying(Shelf shelf, AstDb one, AstDb two, Supplier<Optional<Course>> course) {
    this.shelf = shelf;
    this.one = one;
    this.two = two;
    this.course = course;
    merge = shelf.merge();
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

  /** A PBX was away, and may have restarted. */
  void forget() {
    last.set(null);
  }

  /** One comparison and what follows from it; the answer says how it stands, or why it does not. */
  CompletionStage<AmiAnswer<Comparison>> turn(Course now) {
    Course before = last.getAndSet(now);
    if (!now.equals(before)) {
      merge.forget();
    }
    AstDb active = active(now);
    AstDb other = other(now);
    CompletionStage<AmiAnswer<Map<String, String>>> there = shelf.read(other, READ);
    return shelf
        .read(active, READ)
        .thenCombine(there, Copying::both)
        .thenCombine(known(other), (rows, aors) -> rows.then(r -> compared(r, aors)))
        .thenCompose(compared -> write(now, compared));
  }

  private record Both(Map<String, String> active, Map<String, String> other) {}

  private static AmiAnswer<Both> both(
      AmiAnswer<Map<String, String>> active, AmiAnswer<Map<String, String>> other) {
    return active.then(a -> other.map(o -> new Both(a, o)));
  }

  private CompletionStage<AmiAnswer<Optional<Set<String>>>> known(AstDb other) {
    if (!shelf.needsAor()) {
      return done(AmiAnswer.done(Optional.empty(), ""));
    }
    return other
        .aors(READ)
        .thenApply(
            answer ->
                answer.map(
                    aors -> Optional.of(aors.stream().map(Aor::name).collect(Collectors.toSet()))));
  }

  private AmiAnswer<Comparison> compared(Both rows, AmiAnswer<Optional<Set<String>>> aors) {
    return aors.map(
        names -> {
          Predicate<String> known =
              names
                  .<Predicate<String>>map(set -> key -> set.contains(Contact.aor(key)))
                  .orElse(key -> true);
          return merge.compare(rows.active, rows.other, known);
        });
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
