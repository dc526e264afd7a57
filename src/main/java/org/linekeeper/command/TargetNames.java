package org.linekeeper.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.linekeeper.command.Names.Candidate;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;

/** Whom a name means as the one who is to ring: staff by name, ME, or a telephone number. */
final class TargetNames {
  private static final Set<String> ME =
      Set.of("ME", "MYSELF", "MINE", "MY MOBILE", "MY PHONE", "MY CELL", "MY NUMBER");

  private final Estate estate;
  private final Optional<StaffId> self;

  TargetNames(Estate estate, Optional<StaffId> self) {
    this.estate = estate;
    this.self = self;
  }

  Read<List<Target>> read(List<String> words) {
    return Names.list(words, this::one);
  }

  private Read<Target> one(String key) {
    if (ME.contains(key)) {
      return self.map(id -> Read.of(Target.of(id)))
          .orElseGet(() -> Read.problem("ME is not clear here. Give a name or a number"));
    }
    if (Names.looksLikePhone(key)) {
      return number(key);
    }
    String name = key.replaceFirst(" (MOBILE|PHONE|CELL)$", "");
    return Stream.of(byId(name), byName(name), byPartOfName(name))
        .filter(matches -> !matches.isEmpty())
        .findFirst()
        .map(matches -> matches.size() == 1 ? found(matches) : Names.doubtful(key, matches))
        .orElseGet(() -> Names.unknown("member of staff", name, everyone().toList()));
  }

  private Read<Target> number(String key) {
    return Names.phone(key, estate)
        .map(
            phone ->
                Read.of(
                    estate
                        .staffWithMobile(phone)
                        .map(s -> Target.of(s.id()))
                        .orElseGet(() -> Target.of(phone))))
        .orElseGet(() -> Read.problem(Wording.cut(key) + " is not a complete telephone number"));
  }

  private static Read<Target> found(List<Candidate<Target>> matches) {
    return Read.of(matches.get(0).value());
  }

  private List<Candidate<Target>> byId(String key) {
    return everyone().filter(c -> c.key().equals(key)).toList();
  }

  private List<Candidate<Target>> byName(String key) {
    return names().filter(c -> c.key().equals(key)).toList();
  }

  private List<Candidate<Target>> byPartOfName(String key) {
    return names().filter(c -> List.of(c.key().split(" ")).contains(key)).toList();
  }

  private Stream<Candidate<Target>> everyone() {
    return estate.staff().stream().map(s -> candidate(s, s.id().name()));
  }

  private Stream<Candidate<Target>> names() {
    return estate.staff().stream().map(s -> candidate(s, s.name()));
  }

  private static Candidate<Target> candidate(StaffMember staff, String name) {
    return new Candidate<>(Words.key(name), Words.key(staff.id().name()), Target.of(staff.id()));
  }
}
