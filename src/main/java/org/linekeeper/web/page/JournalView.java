package org.linekeeper.web.page;

import java.util.List;
import org.linekeeper.journal.Recorded;
import org.linekeeper.web.OfficeWords;
import org.springframework.util.StringUtils;

/**
 * A page of the journal.
 *
 * @param lines the newest first
 * @param next what to ask for as {@code before} to read on; 0 at the end
 */
record JournalView(List<Line> lines, long next) {
  /**
   * One record.
   *
   * @param number its place in the journal
   * @param at for machines, ISO 8601
   * @param time by the office's clock
   * @param sentence what it says
   * @param kind for style sheets
   */
  record Line(long number, String at, String time, String sentence, String kind) {}

  static JournalView page(List<Recorded> found, int most, OfficeWords words) {
    List<Line> lines = lines(found.stream().limit(most).toList(), words);
    return new JournalView(lines, found.size() > most ? lines.get(most - 1).number() : 0);
  }

  static List<Line> lines(List<Recorded> records, OfficeWords words) {
    return records.stream().map(record -> line(record, words)).toList();
  }

  private static Line line(Recorded record, OfficeWords words) {
    String sentence = words.plain(record.entry().sentence());
    return new Line(
        record.number(),
        record.entry().at().toString(),
        words.exactly(record.entry().at()),
        StringUtils.capitalize(sentence),
        record.entry().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
  }
}
