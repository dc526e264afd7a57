package org.linekeeper.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The latest lines of the history in memory, bounded in number and size. */
final class Ring {
  private static final int MOST = 10_000;

  /** A line is kept as Latin-1 text where it can be: a byte a character. */
  private static final int MOST_CHARACTERS = 8 << 20;

  private final Deque<String> lines = new ArrayDeque<>();
  private int characters;

  synchronized void add(String line) {
    lines.addLast(line);
    characters += line.length();
    while (lines.size() > MOST || (characters > MOST_CHARACTERS && lines.size() > 1)) {
      characters -= lines.removeFirst().length();
    }
  }

  /** The newest first. */
  synchronized List<String> latest(int most) {
    List<String> latest = new ArrayList<>();
    Iterator<String> newestFirst = lines.descendingIterator();
    while (latest.size() < most && newestFirst.hasNext()) {
      latest.add(newestFirst.next());
    }
    return latest;
  }
}
