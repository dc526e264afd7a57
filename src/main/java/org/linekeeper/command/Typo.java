package org.linekeeper.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant; only ever suggested, never done. */
final class Typo {
  private static final int LONGEST = 40;

  private Typo() {}

  /** The candidate nearest to the word, if it is near enough to be worth asking about. */
  static Optional<String> nearest(String word, Collection<String> candidates) {
    if (word.length() < 3 || word.length() > LONGEST) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(c -> c.length() <= LONGEST && near(word, c))
        .min(Comparator.<String>comparingInt(c -> distance(word, c)).thenComparing(c -> c));
  }

  private static boolean near(String word, String candidate) {
    int allowed = Math.min(word.length(), candidate.length()) >= 5 ? 2 : 1;
    return candidate.startsWith(word) || distance(word, candidate) <= allowed;
  }

  /** Letters added, dropped, changed or swapped with a neighbour (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, d, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int[][] d, int i, int j) {
    int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }
}
