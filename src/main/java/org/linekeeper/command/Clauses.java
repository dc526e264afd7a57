package org.linekeeper.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command's words after its keyword, cut where one of its small words (TO, FOR, UNTIL, PIN)
 * begins a new part.
 *
 * @param parts by small word; the part before the first one is under the empty text
 */
record Clauses(Map<String, List<String>> parts) {
  private static final String FIRST = "";

  static Read<Clauses> read(List<String> words, Set<String> small) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    parts.put(FIRST, new ArrayList<>());
    List<String> part = parts.get(FIRST);
    for (String written : words) {
      String word = written.equals("TILL") || written.equals("TIL") ? "UNTIL" : written;
      if (!small.contains(word)) {
        part.add(written);
      } else if (parts.containsKey(word)) {
        return Read.problem(word + " is in there twice. Send it once, please");
      } else {
        part = new ArrayList<>();
        parts.put(word, part);
      }
    }
    return misspelt(words, small).orElseGet(() -> Read.of(new Clauses(parts)));
  }

  /** A misspelt UNTIL would otherwise be taken for part of a name. */
  private static Optional<Read<Clauses>> misspelt(List<String> words, Set<String> small) {
    return small.contains("UNTIL") && !words.contains("UNTIL")
        ? words.stream()
            .filter(word -> word.startsWith("UNT") && Typo.distance(word, "UNTIL") <= 2)
            .findFirst()
            .map(word -> Read.<Clauses>problem(word + ": did you mean UNTIL?"))
        : Optional.empty();
  }

  List<String> first() {
    return parts.getOrDefault(FIRST, List.of());
  }

  boolean has(String small) {
    return parts.containsKey(small);
  }

  List<String> of(String small) {
    return parts.getOrDefault(small, List.of());
  }
}
