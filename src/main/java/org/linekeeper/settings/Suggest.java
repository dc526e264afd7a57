package org.linekeeper.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What was probably meant by a misspelt word? */
final class Suggest {
  /** Longer words are not compared: nobody misspells one by a few letters. */
  private static final int LONGEST = 64;

  private Suggest() {}

  /** The known word nearest to it, if one is near: a third of its letters wrong at most. */
  static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = word.toLowerCase(Locale.ROOT);
    int tolerated = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(
            k -> k.length() <= LONGEST && distance(lower, k.toLowerCase(Locale.ROOT)) <= tolerated)
        .min(
            Comparator.comparingInt((String k) -> distance(lower, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** As a remedy: {@code did you mean "alice"?}, or else the list of what is known. */
  static String remedy(String word, Collection<String> known) {
    return nearest(word, known)
        .map(k -> "did you mean \"" + k + "\"?")
        .orElseGet(() -> known.isEmpty() ? "none are known" : "known: " + shortList(known));
  }

  private static String shortList(Collection<String> known) {
    String list = String.join(", ", known.stream().sorted().limit(12).toList());
    return known.size() > 12 ? list + " and " + (known.size() - 12) + " more" : list;
  }

  /** Letters added, lost, changed or swapped with their neighbour (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(d[i - 1][j - 1] + change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
