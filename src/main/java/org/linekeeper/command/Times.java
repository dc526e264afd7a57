package org.linekeeper.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long, and until when, as people write it in the office's own time. */
final class Times {
  /** The end of a day that was named without a time: when people are at their desks again. */
  static final LocalTime MORNING = LocalTime.of(8, 0);

  private static final int MOST_DAYS = 366;
  private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final Pattern PART =
      Pattern.compile(
          "(\\d{1,5}(?:\\.\\d{1,2})?)"
              + "(MINUTES?|MINS?|M|HOURS?|HRS?|H|DAYS?|D|WEEKS?|W)(?=\\d|AND|$)(?:AND(?=\\d))?");

  private final ZoneId zone;
  private final Instant now;

  Times(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** Reads what follows FOR, such as {@code 2H}, {@code 1 HOUR 30 MIN}, {@code 3 DAYS}. */
  Read<Instant> after(List<String> words) {
    String text = String.join(" ", words);
    String plain =
        (text + " ")
            .replaceAll("^HALF AN? HOUR ", "30M")
            .replaceAll("^(AN?|ONE) ", "1")
            .replaceAll("^TWO ", "2")
            .replaceAll("^THREE ", "3")
            .replace(" ", "");
    Matcher part = PART.matcher(plain);
    ZonedDateTime end = now.atZone(zone);
    int read = 0;
    while (part.find() && part.start() == read) {
      end = plus(end, Double.parseDouble(part.group(1)), part.group(2).charAt(0));
      read = part.end();
    }
    if (plain.isEmpty() || read < plain.length()) {
      return Read.problem(
          "I cannot read the time in FOR "
              + Wording.cut(text)
              + ". Try FOR 2H, FOR 90M, FOR 3 DAYS");
    }
    return within(end.toInstant(), "FOR " + text);
  }

  /** Reads what follows UNTIL, such as {@code 17:30}, {@code MON 08:30}, {@code TOMORROW}. */
  Read<Instant> until(List<String> words) {
    List<String> plain = Days.plain(words);
    Optional<Days> day = Days.read(plain, now.atZone(zone).toLocalDate());
    List<String> rest = day.map(d -> plain.subList(d.words(), plain.size())).orElse(plain);
    Optional<LocalTime> time = Clock.read(String.join("", rest));
    if ((day.isEmpty() && rest.isEmpty()) || (!rest.isEmpty() && time.isEmpty())) {
      return Read.problem(
          "I cannot read the time in UNTIL "
              + Wording.cut(String.join(" ", words))
              + ". Try UNTIL 17:30, UNTIL MON 08:30, UNTIL TOMORROW, UNTIL 2026-12-27 08:30");
    }
    Instant at = day.map(d -> onDay(d, time)).orElseGet(() -> nextTime(time.orElseThrow()));
    return within(at, "UNTIL " + String.join(" ", words));
  }

  /** The words that mean that moment whenever they are read. */
  List<String> exactly(Instant at) {
    return List.of(at.atZone(zone).format(EXACT).split(" "));
  }

  private Instant onDay(Days day, Optional<LocalTime> time) {
    Instant at = moment(day.date().atTime(time.orElse(MORNING)));
    boolean comesAgain = day.weekly() && !at.isAfter(now);
    return comesAgain ? moment(day.date().plusWeeks(1).atTime(time.orElse(MORNING))) : at;
  }

  private Instant nextTime(LocalTime time) {
    LocalDate today = now.atZone(zone).toLocalDate();
    Instant at = moment(today.atTime(time));
    return at.isAfter(now) ? at : moment(today.plusDays(1).atTime(time));
  }

  private Read<Instant> within(Instant at, String text) {
    if (!at.isAfter(now)) {
      return Read.problem(Wording.cut(text) + " is already past");
    }
    if (Duration.between(now, at).toDays() > MOST_DAYS) {
      return Read.problem(
          Wording.cut(text) + " is more than a year away. Without a time it lasts until RETURN");
    }
    return Read.of(at);
  }

  /**
   * As the schedule does: a time that spring skips is the change itself, one in autumn the next.
   */
  private Instant moment(LocalDateTime local) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change != null && change.isGap()) {
      return change.getInstant();
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.stream()
        .map(local::toInstant)
        .filter(at -> at.isAfter(now))
        .findFirst()
        .orElseGet(() -> local.toInstant(offsets.get(0)));
  }

  private static ZonedDateTime plus(ZonedDateTime from, double amount, char unit) {
    boolean whole = amount == Math.rint(amount);
    return switch (unit) {
      case 'M' -> from.plusSeconds(Math.round(amount * 60));
      case 'H' -> from.plusSeconds(Math.round(amount * 3_600));
      case 'D' -> whole ? from.plusDays((long) amount) : from.plusHours(Math.round(amount * 24));
      default -> from.plusDays(Math.round(amount * 7));
    };
  }
}
