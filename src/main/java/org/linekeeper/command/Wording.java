package org.linekeeper.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.routing.WantedRoute;

/** How replies name numbers, people and times: short enough for a text, in the office's time. */
final class Wording {
  private static final int NAMED = 3;
  private static final int ECHO = 30;

  private final Estate estate;
  private final Instant now;

  Wording(Estate estate, Instant now) {
    this.estate = estate;
    this.now = now;
  }

  /**
   * Such as {@code Sales (01632 960001)} or {@code 5 numbers (Sales, Support, Front and 2 more)}.
   */
  String numbers(Collection<OfficeNumber> numbers) {
    if (numbers.size() == 1) {
      return number(numbers.iterator().next());
    }
    return numbers.size()
        + " numbers ("
        + some(numbers.stream().map(OfficeNumber::name).toList(), NAMED)
        + ")";
  }

  String number(OfficeNumber number) {
    return number.name() + " (" + phone(number.number()) + ")";
  }

  String phone(PhoneNumber number) {
    return number.display(estate.targets().region());
  }

  /** Who rings: by name where the mobile is somebody's. */
  String rings(List<WantedRoute> routes, String self) {
    List<List<PhoneNumber>> ways = routes.stream().map(WantedRoute::rings).distinct().toList();
    return ways.size() == 1
        ? and(ways.get(0).stream().map(phone -> ringer(phone, self)).toList())
        : "the mobiles listed for each";
  }

  private String ringer(PhoneNumber phone, String self) {
    Optional<StaffMember> staff = estate.staffWithMobile(phone);
    boolean own = staff.filter(s -> s.id().name().equals(self)).isPresent();
    return own ? "your mobile" : staff.map(StaffMember::name).orElseGet(() -> phone(phone));
  }

  /** The words that select the same again, such as {@code SALES} or {@code 01632 960001}. */
  String says(List<Selection> what) {
    NumberNames names = new NumberNames(estate);
    return String.join(" AND ", what.stream().map(s -> says(s, names)).toList());
  }

  private String says(Selection selection, NumberNames names) {
    return switch (selection.kind()) {
      case ALL -> "ALL";
      case GROUP, SITE ->
          clear(Words.key(selection.name()), selection, names)
              .orElseGet(() -> selection.kind().name() + " " + Words.key(selection.name()));
      case NUMBER -> {
        PhoneNumber number = new PhoneNumber(selection.name());
        yield estate
            .number(number)
            .flatMap(known -> clear(Words.key(known.name()), selection, names))
            .orElseGet(() -> phone(number));
      }
    };
  }

  /** The name, if it means that selection and nothing else. */
  private static Optional<String> clear(String key, Selection selection, NumberNames names) {
    boolean means =
        names.read(List.of(key.split(" "))).value().filter(List.of(selection)::equals).isPresent();
    return means ? Optional.of(key) : Optional.empty();
  }

  /** Such as {@code 17:30}, {@code Mon 08:30}, {@code Sun 27 Dec 08:30}. */
  String time(Instant at) {
    ZonedDateTime local = at.atZone(estate.schedule().zone());
    LocalDate today = now.atZone(estate.schedule().zone()).toLocalDate();
    long days = local.toLocalDate().toEpochDay() - today.toEpochDay();
    String pattern = days == 0 ? "HH:mm" : Math.abs(days) < 7 ? "EEE HH:mm" : "EEE d MMM HH:mm";
    return local.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  static String some(List<String> names) {
    return some(names, 6);
  }

  private static String some(List<String> names, int most) {
    // "and 1 more" is no shorter than the name itself.
    return names.size() <= most + 1
        ? and(names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  static String and(List<String> names) {
    return joined(names, " and ");
  }

  static String either(List<String> names) {
    return joined(names, " or ");
  }

  private static String joined(List<String> names, String last) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    List<String> head = new ArrayList<>(names.subList(0, names.size() - 1));
    return String.join(", ", head) + last + names.get(names.size() - 1);
  }

  /** What somebody wrote, short enough to be quoted back. */
  static String cut(String text) {
    return cut(text, ECHO);
  }

  static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
