package org.linekeeper.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.Target;

/** numbers.yml: the groups, what holds for every number, and the numbers. */
final class NumbersFile {
  private final Section file;
  private final Catalogue catalogue;
  private final List<TargetUse> uses;
  private final Map<PhoneNumber, Value> seen = new HashMap<>();

  NumbersFile(Section file, Catalogue catalogue, List<TargetUse> uses) {
    this.file = file;
    this.catalogue = catalogue;
    this.uses = uses;
  }

  enum Divert {
    ALLOWED,
    NEVER
  }

  /** What a number has that does not say it itself. */
  private record Defaults(
      Optional<String> site,
      List<Target> targets,
      boolean targetsWritten,
      Optional<PhoneNumber> callerId) {}

  /** The groups' names; read first, since staff and schedule refer to them. */
  static Known groups(Section file, Known sites) {
    Set<String> groups = new LinkedHashSet<>();
    for (Value item : file.optional("groups").map(Value::list).orElse(List.of())) {
      Optional<String> name = item.text().filter(n -> Names.good(item, n, "a group"));
      if (name.filter(sites.names()::contains).isPresent()) {
        item.wrong(
            "the group " + Problem.quote(name.get()) + " has the name of a site",
            "choose another name, so that texts are clear");
      } else if (name.isPresent() && !groups.add(name.get())) {
        item.wrong(
            "\"groups\" names " + Problem.quote(name.get()) + " twice", "remove one of them");
      }
    }
    return new Known(groups, file.present());
  }

  List<OfficeNumber> read() {
    Defaults defaults = defaults(file.section("defaults"));
    List<OfficeNumber> numbers = new ArrayList<>();
    Optional<Value> list = file.required("numbers", "a list of the office's numbers");
    for (Section entry : list.map(Value::sections).orElse(List.of())) {
      number(entry, defaults).ifPresent(numbers::add);
    }
    file.close();
    return numbers;
  }

  private Defaults defaults(Section section) {
    // With one site there is nothing to choose.
    Optional<String> only =
        catalogue.sites.names().size() == 1
            ? catalogue.sites.names().stream().findFirst()
            : Optional.empty();
    Defaults defaults =
        new Defaults(
            site(section).or(() -> only),
            targets(section),
            section.names().contains("divert-to"),
            callerId(section));
    section.close();
    return defaults;
  }

  private Optional<OfficeNumber> number(Section entry, Defaults defaults) {
    Optional<Value> value = entry.required("number", "the number that the world dials");
    Optional<PhoneNumber> number = value.flatMap(v -> v.phone(catalogue.region));
    number.ifPresent(n -> once(n, value.orElseThrow()));
    Optional<String> name = entry.optional("name").flatMap(Value::text);
    Optional<String> site = site(entry).or(defaults::site);
    if (site.isEmpty()
        && entry.present()
        && !entry.names().contains("site")
        && catalogue.sites.complete()) {
      entry.required("site", "one of the sites in linekeeper.yml, or set it under defaults");
    }
    Set<GroupId> groups =
        entry
            .optional("groups")
            .map(v -> Names.known(v, catalogue.groups, Catalogue.NO_GROUP))
            .orElse(List.of())
            .stream()
            .map(GroupId::new)
            .collect(Collectors.toSet());
    boolean movable =
        entry.optional("divert").flatMap(v -> v.choice(Divert.class)).orElse(Divert.ALLOWED)
            == Divert.ALLOWED;
    number.ifPresent(n -> catalogue.add(n, movable));
    List<Target> targets = movable ? targets(entry, defaults) : noTargets(entry);
    Optional<PhoneNumber> callerId = callerId(entry).or(defaults::callerId);
    entry.close();
    if (number.isEmpty() || site.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OfficeNumber(
            number.get(),
            name.orElseGet(() -> catalogue.show(number.get())),
            new SiteId(site.get()),
            groups,
            movable,
            targets,
            callerId));
  }

  private void once(PhoneNumber number, Value value) {
    Value first = seen.putIfAbsent(number, value);
    if (first != null) {
      value.wrong(
          catalogue.show(number) + " is here twice; the first is on line " + first.where().line(),
          "remove one of them");
    }
  }

  private List<Target> targets(Section entry, Defaults defaults) {
    if (!entry.names().contains("divert-to") && defaults.targetsWritten()) {
      return defaults.targets();
    }
    entry.required(
        "divert-to", "[WHO], or divert: never if this line must always stay at the office");
    return targets(entry);
  }

  private List<Target> noTargets(Section entry) {
    entry
        .optional("divert-to")
        .ifPresent(
            v ->
                v.wrong(
                    "\"divert-to\" stands beside divert: never",
                    "remove the one that is not meant"));
    return List.of();
  }

  private List<Target> targets(Section section) {
    return section.optional("divert-to").map(v -> catalogue.targets(v, uses)).orElse(List.of());
  }

  private Optional<String> site(Section section) {
    return section
        .optional("site")
        .flatMap(
            v ->
                v.text().flatMap(name -> Names.oneOf(v, name, catalogue.sites, Catalogue.NO_SITE)));
  }

  private Optional<PhoneNumber> callerId(Section section) {
    return section.optional("caller-id").flatMap(v -> v.phone(catalogue.region));
  }
}
