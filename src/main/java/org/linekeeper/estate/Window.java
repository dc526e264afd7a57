package org.linekeeper.estate;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A stretch of time in the office's own clock: every week on some days, or once.
 *
 * <p>A local time that the spring clock change skips is taken as the moment of the change, and one
 * that comes twice in autumn as the first of the two: a boundary is never lost.
 *
 * @param days days on which a weekly window begins; empty for a window that comes once
 * @param begin time of day at which a weekly window begins
 * @param end time of day at which it ends; not after {@code begin} means on the next day, so {@code
 *     00:00}–{@code 00:00} is the whole day
 * @param from start of a window that comes once
 * @param until its end, exclusive
 */
public record Window(
    Set<DayOfWeek> days,
    LocalTime begin,
    LocalTime end,
    Optional<LocalDateTime> from,
    Optional<LocalDateTime> until) {
  /** Refuses a window that is neither weekly nor once, or that ends before it begins. */
  public Window {
    days = Set.copyOf(days);
    if (days.isEmpty() != (from.isPresent() && until.isPresent())) {
      throw new IllegalArgumentException("a window is either weekly or has a start and an end");
    }
    if (from.isPresent() && !from.get().isBefore(until.orElseThrow())) {
      throw new IllegalArgumentException("the window ends before it begins");
    }
  }

  /** Every week on these days. */
  public static Window weekly(Set<DayOfWeek> days, LocalTime begin, LocalTime end) {
    return new Window(days, begin, end, Optional.empty(), Optional.empty());
  }

  /** Once. */
  public static Window once(LocalDateTime from, LocalDateTime until) {
    return new Window(
        Set.of(), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, Optional.of(from), Optional.of(until));
  }

  boolean open(Instant now, ZoneId zone) {
    return around(now, zone).anyMatch(s -> !now.isBefore(s.from) && now.isBefore(s.until));
  }

  Optional<Instant> nextBoundary(Instant now, ZoneId zone) {
    return around(now, zone)
        .flatMap(s -> Stream.of(s.from, s.until))
        .filter(at -> at.isAfter(now))
        .min(Instant::compareTo);
  }

  private record Span(Instant from, Instant until) {}

  /**
   * The window's occurrences from yesterday to a week ahead: those that can matter at this time.
   */
  private Stream<Span> around(Instant now, ZoneId zone) {
    if (from.isPresent()) {
      return Stream.of(span(from.get(), until.orElseThrow(), zone));
    }
    LocalDate today = now.atZone(zone).toLocalDate();
    return Stream.iterate(today.minusDays(1), day -> day.plusDays(1))
        .limit(10)
        .filter(day -> days.contains(day.getDayOfWeek()))
        .map(day -> span(day.atTime(begin), endingAfter(day), zone));
  }

  private LocalDateTime endingAfter(LocalDate day) {
    return end.isAfter(begin) ? day.atTime(end) : day.plusDays(1).atTime(end);
  }

  private static Span span(LocalDateTime from, LocalDateTime until, ZoneId zone) {
    return new Span(moment(from, zone), moment(until, zone));
  }

  private static Instant moment(LocalDateTime local, ZoneId zone) {
    var gap = zone.getRules().getTransition(local);
    return gap != null && gap.isGap() ? gap.getInstant() : local.atZone(zone).toInstant();
  }
}
