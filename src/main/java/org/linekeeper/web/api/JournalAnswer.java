package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.web.JournalPages;

/**
 * Answers {@code GET /api/journal}, the newest first.
 *
 * @param zone the office's time zone
 * @param next what to give as {@code before} to read on; empty at the end of what is kept in memory
 */
record JournalAnswer(String zone, List<Line> entries, Optional<Long> next) {
  /** One record. */
  record Line(long number, Instant at, String kind, String sentence) {}

  /** As many at once; a page of more would only be scrolled past. */
  static final int MOST = 500;

  static JournalAnswer of(Journal journal, int most, long before) {
    int page = Math.max(1, Math.min(most, MOST));
    List<Recorded> found = JournalPages.before(journal, before, page + 1);
    List<Line> lines = found.stream().limit(page).map(JournalAnswer::line).toList();
    return new JournalAnswer(
        journal.state().settings().map(s -> s.estate().schedule().zone().getId()).orElse("Z"),
        lines,
        found.size() > page ? Optional.of(lines.get(lines.size() - 1).number()) : Optional.empty());
  }

  private static Line line(Recorded recorded) {
    return new Line(
        recorded.number(),
        recorded.entry().at(),
        recorded.entry().getClass().getSimpleName(),
        recorded.entry().sentence());
  }
}
