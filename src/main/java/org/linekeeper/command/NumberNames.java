package org.linekeeper.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.command.Names.Candidate;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;

/** Which office numbers a name means: ALL, a group, a site, a number or a number's name. */
final class NumberNames {
  private static final Set<String> ALL =
      Set.of(
          "ALL",
          "EVERYTHING",
          "ALL NUMBERS",
          "ALL LINES",
          "ALL PHONES",
          "EVERY NUMBER",
          "ALL CALLS");

  private final Estate estate;
  private final String region;
  private final List<Candidate<Selection>> candidates;

  NumberNames(Estate estate) {
    this.estate = estate;
    this.region = estate.targets().region();
    this.candidates = Stream.of(groups(), sites(), numbers()).flatMap(s -> s).toList();
  }

  Read<List<Selection>> read(List<String> words) {
    return Names.list(words, this::one);
  }

  private Read<Selection> one(String key) {
    if (ALL.contains(key)) {
      return Read.of(Selection.ALL);
    }
    return Stream.of(
            key,
            key.replaceFirst("^THE ", ""),
            key.replaceFirst("^THE ", "").replaceFirst(" (LINE|NUMBER|PHONE|CALL|TEAM)S?$", ""))
        .distinct()
        .map(this::exactly)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> notFound(key));
  }

  private Optional<Read<Selection>> exactly(String key) {
    String[] kindAndName = key.split(" ", 2);
    List<Candidate<Selection>> matches = named(key);
    if (matches.isEmpty() && kindAndName.length == 2) {
      matches =
          named(kindAndName[1]).stream()
              .filter(c -> c.value().kind().name().equals(kindAndName[0]))
              .toList();
    }
    if (matches.isEmpty()) {
      return Names.phone(key.replaceFirst("^NUMBER ", ""), estate)
          .filter(phone -> estate.number(phone).isPresent())
          .map(phone -> Read.of(Selection.of(phone)));
    }
    boolean same = matches.stream().map(c -> covered(c.value())).distinct().count() == 1;
    return Optional.of(same ? Read.of(matches.get(0).value()) : Names.doubtful(key, matches));
  }

  private List<Candidate<Selection>> named(String key) {
    return candidates.stream().filter(c -> c.key().equals(key)).toList();
  }

  private Set<PhoneNumber> covered(Selection selection) {
    return estate.numbers().stream()
        .filter(selection::covers)
        .map(OfficeNumber::number)
        .collect(Collectors.toSet());
  }

  private Read<Selection> notFound(String key) {
    if (!Names.looksLikePhone(key)) {
      return Names.unknown("group, site or number", key, candidates);
    }
    String digits = key.replaceAll("[^0-9]", "");
    List<String> ending =
        estate.numbers().stream()
            .map(OfficeNumber::number)
            .filter(n -> digits.length() >= 3 && n.e164().endsWith(digits))
            .map(n -> n.display(region))
            .limit(4)
            .toList();
    return Read.problem(
        ending.isEmpty()
            ? Wording.cut(key) + " is not one of the office's numbers"
            : Wording.cut(key) + ": did you mean " + Wording.either(ending) + "?");
  }

  private Stream<Candidate<Selection>> groups() {
    return estate.numbers().stream()
        .flatMap(n -> n.groups().stream())
        .distinct()
        .sorted()
        .map(g -> candidate(g.name(), "GROUP ", Selection.of(g)));
  }

  private Stream<Candidate<Selection>> sites() {
    return estate.numbers().stream()
        .map(OfficeNumber::site)
        .distinct()
        .sorted()
        .map(s -> candidate(s.name(), "SITE ", Selection.of(s)));
  }

  private Stream<Candidate<Selection>> numbers() {
    return estate.numbers().stream()
        .map(
            n ->
                new Candidate<>(
                    Words.key(n.name()), n.number().display(region), Selection.of(n.number())));
  }

  private static Candidate<Selection> candidate(String name, String kind, Selection value) {
    return new Candidate<>(Words.key(name), kind + Words.key(name), value);
  }
}
