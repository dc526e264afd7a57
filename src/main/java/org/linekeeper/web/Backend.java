package org.linekeeper.web;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.linekeeper.failover.Overview;
import org.linekeeper.journal.Journal;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;

/**
 * Everything that page and API stand on.
 *
 * @param settings where to listen and who may come in
 * @param time the time of day
 * @param ticker the monotonic clock by which verdicts and observations give their moments
 * @param overview what the control loop knew at its latest turn; asked from any thread
 * @param journal is read, never written
 * @param desk takes commands
 * @param texts takes the carrier's text webhook; empty: there is no such address
 * @param notices what people should know besides the overview, such as an edit of the files that
 *     was not accepted
 * @param seen the latest observation of each probe of each PBX, for the metrics; may be empty
 * @param mirrored what is kept on the PBX that stands by, for the metrics; may be empty
 * @param panels what else the page shows
 */
public record Backend(
    WebSettings settings,
    InstantSource time,
    Ticker ticker,
    Supplier<Overview> overview,
    Journal journal,
    Desk desk,
    Optional<TextDoor> texts,
    Supplier<List<Notice>> notices,
    Supplier<List<Observation>> seen,
    Supplier<List<Mirrored>> mirrored,
    List<Panel> panels) {
  /** Copies its list. */
  public Backend {
    panels = List.copyOf(panels);
  }

  /** With nothing that could be left out. */
  public static Backend of(
      WebSettings settings,
      InstantSource time,
      Ticker ticker,
      Supplier<Overview> overview,
      Journal journal,
      Desk desk) {
    return new Backend(
        settings,
        time,
        ticker,
        overview,
        journal,
        desk,
        Optional.empty(),
        List::of,
        List::of,
        List::of,
        List.of());
  }

  /** The same that also takes the carrier's webhook. */
  public Backend withTexts(TextDoor door) {
    return new Backend(
        settings,
        time,
        ticker,
        overview,
        journal,
        desk,
        Optional.of(door),
        notices,
        seen,
        mirrored,
        panels);
  }

  /** The same with more to tell people. */
  public Backend withNotices(Supplier<List<Notice>> more) {
    return new Backend(
        settings, time, ticker, overview, journal, desk, texts, more, seen, mirrored, panels);
  }

  /** The same that knows what each probe saw last. */
  public Backend withSeen(Supplier<List<Observation>> latest) {
    return new Backend(
        settings, time, ticker, overview, journal, desk, texts, notices, latest, mirrored, panels);
  }

  /** The same with more on the page. */
  public Backend withPanels(List<Panel> more) {
    return new Backend(
        settings, time, ticker, overview, journal, desk, texts, notices, seen, mirrored, more);
  }

  /** The same that knows what is kept on the PBX that stands by. */
  public Backend withMirrored(Supplier<List<Mirrored>> kept) {
    return new Backend(
        settings, time, ticker, overview, journal, desk, texts, notices, seen, kept, panels);
  }
}
