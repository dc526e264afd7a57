package org.linekeeper.web;

import java.util.List;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;

/** Reads the journal backwards, page by page. */
public final class JournalPages {
  /** What a journal keeps in memory at most. */
  private static final long DEEPEST = 10_000;

  private JournalPages() {}

  /** The latest records with a smaller number than that, the newest first. */
  public static List<Recorded> before(Journal journal, long number, int most) {
    List<Recorded> newest = journal.latest(most);
    if (newest.isEmpty() || number > newest.get(0).number()) {
      return newest;
    }
    long deep = Math.min(DEEPEST, newest.get(0).number() - number + 1 + most);
    return journal.latest((int) deep).stream()
        .filter(record -> record.number() < number)
        .limit(most)
        .toList();
  }
}
