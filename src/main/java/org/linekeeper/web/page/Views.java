package org.linekeeper.web.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.linekeeper.failover.Overview;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Headline;
import org.linekeeper.web.JournalPages;
import org.linekeeper.web.Notice;
import org.linekeeper.web.OfficeWords;

/** Makes what the templates show from what is known at this moment. */
final class Views {
  /** Lines of the journal beside everything else; the rest is on a page of its own. */
  private static final int JOURNAL_LINES = 12;

  private final Backend backend;
  private final Piecewise parts = new Piecewise();

  Views(Backend backend) {
    this.backend = backend;
  }

  PageView page() {
    Overview seen = backend.overview().get();
    Instant now = backend.time().instant();
    OfficeWords words = new OfficeWords(seen.state(), now);
    Headline headline =
        parts.part("how the phones are", () -> Headline.of(seen, now), Headline.unknown());
    List<PbxView> pbxs =
        parts.part(
            "the PBXs",
            () -> PbxView.all(seen, words, pbx -> now.minus(backend.ticker().since(pbx))),
            List.of());
    DecisionView decision =
        parts.part(
            "what is decided", () -> DecisionView.of(seen, words), DecisionView.unknown(seen));
    List<NumberView> numbers =
        parts.part("the numbers", () -> NumberView.all(seen, words), List.of());
    List<JournalView.Line> journal =
        parts.part(
            "the journal",
            () -> JournalView.lines(backend.journal().latest(JOURNAL_LINES), words),
            List.of());
    // Last, since it tells of parts that could not be made.
    AttentionView attention =
        parts.part("what needs attention", () -> attention(seen, words), AttentionView.unknown());
    return new PageView(
        words.office(),
        headline,
        pbxs,
        decision,
        ActionsView.of(seen, now, words),
        numbers,
        attention,
        journal);
  }

  /** A page of the journal, before the record with that number. */
  JournalView journal(long before, int most) {
    Overview seen = backend.overview().get();
    OfficeWords words = new OfficeWords(seen.state(), backend.time().instant());
    return JournalView.page(JournalPages.before(backend.journal(), before, most + 1), most, words);
  }

  DivertView divert(String chosen) {
    return DivertView.of(backend.overview().get(), chosen);
  }

  private AttentionView attention(Overview seen, OfficeWords words) {
    List<Notice> notices = new ArrayList<>(backend.notices().get());
    seen.troubles().forEach(trouble -> notices.add(Notice.warning(words.plain(trouble))));
    parts.broken().forEach(name -> notices.add(notShown(name)));
    String warning = backend.journal().warning();
    if (!warning.isEmpty()) {
      notices.add(Notice.warning(warning));
    }
    return AttentionView.of(seen, notices, words);
  }

  static Notice notShown(String name) {
    return Notice.warning(
        "This page cannot show "
            + name
            + ": a defect in Linekeeper, whose log has the details. The phones do not depend on it.");
  }
}
