package org.linekeeper.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.Target;

/** What the files may refer to across each other, and how such a reference is read. */
final class Catalogue {
  /** The carrier rings so many at once (Twilio: Dial with up to 10 Numbers). */
  static final int MOST_TARGETS = 10;

  final Optional<String> region;
  final Known sites;
  final Known staff;
  final Known groups;

  /** By number, whether it may be moved. Filled while numbers.yml is read. */
  private final Map<PhoneNumber, Boolean> numbers = new LinkedHashMap<>();

  private final boolean numbersComplete;

  Catalogue(Optional<String> region, Known sites, Known staff, Known groups) {
    this.region = region;
    this.sites = sites;
    this.staff = staff;
    this.groups = groups;
    this.numbersComplete = groups.complete() && region.isPresent();
  }

  void add(PhoneNumber number, boolean movable) {
    numbers.put(number, movable);
  }

  /** Which numbers are meant, in the order of the list. */
  List<Selection> selections(Value list) {
    Set<Selection> all = new LinkedHashSet<>();
    for (Value item : list.list()) {
      item.text()
          .flatMap(text -> selection(item, text))
          .ifPresent(
              s -> {
                if (!all.add(s)) {
                  item.wrong(list.label() + " names " + s + " twice", "remove one of them");
                }
              });
    }
    return List.copyOf(all);
  }

  private Optional<Selection> selection(Value item, String text) {
    if (text.equals("all")) {
      return Optional.of(Selection.ALL);
    }
    if (text.startsWith("group ")) {
      return Names.oneOf(item, text.substring(6).strip(), groups, NO_GROUP)
          .map(name -> Selection.of(new GroupId(name)));
    }
    if (text.startsWith("site ")) {
      return Names.oneOf(item, text.substring(5).strip(), sites, NO_SITE)
          .map(name -> Selection.of(new SiteId(name)));
    }
    if (isPhone(text)) {
      return item.phone(region).flatMap(number -> officeNumber(item, number)).map(Selection::of);
    }
    if (sites.names().contains(text)) {
      return Optional.of(Selection.of(new SiteId(text)));
    }
    Set<String> both = new LinkedHashSet<>(groups.names());
    both.addAll(sites.names());
    both.add("all");
    return Names.oneOf(
            item,
            text,
            new Known(both, groups.complete() && sites.complete()),
            "which is no group or site")
        .map(name -> Selection.of(new GroupId(name)));
  }

  private Optional<PhoneNumber> officeNumber(Value item, PhoneNumber number) {
    Boolean movable = numbers.get(number);
    if (movable == null && numbersComplete) {
      item.wrong(
          item.label() + " names " + show(number) + ", which is not in numbers.yml",
          "add it there, or correct the number");
      return Optional.empty();
    }
    if (Boolean.FALSE.equals(movable)) {
      item.wrong(
          item.label() + " names " + show(number) + ", which has divert: never in numbers.yml",
          "remove it here, or its divert: never there");
      return Optional.empty();
    }
    return Optional.of(number);
  }

  /** Where calls may ring; numbers are noted to be checked once everything is read. */
  List<Target> targets(Value list, List<TargetUse> uses) {
    Set<Target> all = new LinkedHashSet<>();
    List<Value> items = list.list();
    for (Value item : items) {
      item.text()
          .flatMap(text -> target(item, text, uses))
          .ifPresent(
              target -> {
                if (!all.add(target)) {
                  item.wrong(list.label() + " names " + target + " twice", "remove one of them");
                }
              });
    }
    if (items.isEmpty()) {
      list.wrong(list.label() + " names nobody", "name someone from staff.yml, or remove the line");
    }
    if (items.size() > MOST_TARGETS) {
      list.wrong(
          list.label() + " names " + items.size() + " targets",
          "name at most " + MOST_TARGETS + ": the carrier rings no more at once");
    }
    return List.copyOf(all);
  }

  private Optional<Target> target(Value item, String text, List<TargetUse> uses) {
    if (isPhone(text)) {
      Optional<PhoneNumber> number = item.phone(region);
      number.ifPresent(n -> uses.add(new TargetUse(item, n)));
      return number.map(Target::of);
    }
    return Names.oneOf(item, text, staff, NO_STAFF)
        .filter(name -> name.matches(Names.FORM))
        .map(name -> Target.of(new StaffId(name)));
  }

  String show(PhoneNumber number) {
    return number.display(region.orElse("ZZ"));
  }

  private static boolean isPhone(String text) {
    return text.matches("[+(0-9].*");
  }

  static final String NO_STAFF = "who is not in staff.yml";
  static final String NO_GROUP = "which is not under groups in numbers.yml";
  static final String NO_SITE = "which no PBX in linekeeper.yml has as its site";
}
