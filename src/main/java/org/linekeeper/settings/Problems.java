package org.linekeeper.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything found wrong so far. Bounded: a hopeless file must not fill a log or a page. */
final class Problems {
  static final int MOST = 200;

  private final Set<Problem> found = new LinkedHashSet<>();
  private int more;

  void add(Where where, String wrong, String remedy) {
    Problem problem = new Problem(where.file(), where.line(), wrong, remedy);
    if (found.size() < MOST) {
      found.add(problem);
    } else if (!found.contains(problem)) {
      more++;
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In the order of the files and lines. */
  List<Problem> list() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(
        Comparator.comparingInt((Problem p) -> Snapshot.order(p.file()))
            .thenComparingInt(Problem::line));
    if (more > 0) {
      Problem last = all.get(all.size() - 1);
      all.add(
          new Problem(
              last.file(), last.line(), "and " + more + " more problems", "put these right first"));
    }
    return List.copyOf(all);
  }
}
