package org.linekeeper.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.SettingsInForce;
import org.linekeeper.state.State;

/** Says numbers and times as the office's people do: national form, the office's own clock. */
public final class OfficeWords {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}\\b");
  private static final Pattern INSTANT =
      Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?Z");

  private final Optional<Estate> estate;
  private final Instant now;

  /** For one moment, by the settings in force. */
  public OfficeWords(State state, Instant now) {
    this.estate = state.settings().map(SettingsInForce::estate);
    this.now = now;
  }

  /** The office's name. */
  public String office() {
    return estate.map(Estate::office).orElse("no office yet");
  }

  /** Such as {@code 01632 960001}. */
  public String phone(PhoneNumber number) {
    return estate.map(e -> number.display(e.targets().region())).orElse(number.e164());
  }

  /** Whose mobile it is, or the number. */
  public String person(PhoneNumber number) {
    return estate
        .flatMap(e -> e.staffWithMobile(number))
        .map(StaffMember::name)
        .orElseGet(() -> phone(number));
  }

  /** Such as {@code Alice and Bob}. */
  public String people(List<PhoneNumber> numbers) {
    return and(numbers.stream().map(this::person).toList());
  }

  /** Such as {@code 17:30}, {@code Mon 08:30}, {@code Sun 27 Dec 08:30}. */
  public String time(Instant at) {
    return format(at, "HH:mm");
  }

  /** The same to the second. */
  public String exactly(Instant at) {
    return format(at, "HH:mm:ss");
  }

  /** What the office's clock shows, without a zone. */
  public ZonedDateTime local(Instant at) {
    return at.atZone(zone());
  }

  /**
   * The same sentence, written for machines, with its numbers and times as people say them. Takes
   * any text: what a stranger wrote or a PBX said can stand in it, and what only looks like a time
   * stays as it is.
   */
  public String plain(String sentence) {
    String numbers = E164.matcher(sentence).replaceAll(this::phone);
    return INSTANT.matcher(numbers).replaceAll(this::time);
  }

  private String phone(MatchResult found) {
    return java.util.regex.Matcher.quoteReplacement(phone(new PhoneNumber(found.group())));
  }

  private String time(MatchResult found) {
    try {
      return time(Instant.parse(withSeconds(found.group())));
    } catch (DateTimeParseException noSuchMoment) {
      return found.group();
    }
  }

  private static String withSeconds(String instant) {
    return instant.length() == "2026-11-23T10:00Z".length()
        ? instant.substring(0, instant.length() - 1) + ":00Z"
        : instant;
  }

  private String format(Instant at, String clock) {
    LocalDate today = local(now).toLocalDate();
    long days = Math.abs(ChronoUnit.DAYS.between(today, local(at).toLocalDate()));
    String day = days == 0 ? "" : days < 7 ? "EEE " : "EEE d MMM ";
    return local(at).format(DateTimeFormatter.ofPattern(day + clock, Locale.UK));
  }

  private ZoneId zone() {
    return estate.map(e -> e.schedule().zone()).orElse(java.time.ZoneOffset.UTC);
  }

  private static String and(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
