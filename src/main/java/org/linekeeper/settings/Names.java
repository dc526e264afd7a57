package org.linekeeper.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names that people choose: of PBXs, sites, groups, staff. They are also words in texts. */
final class Names {
  static final String FORM = "[a-z][a-z0-9-]{0,31}";
  private static final String REMEDY =
      "write small letters, digits and hyphens, beginning with a letter, at most 32";

  /** Words that mean something in a command, such as DIVERT SALES TO ALICE FOR 2H. */
  private static final Set<String> TAKEN =
      Set.of(
          "all",
          "to",
          "for",
          "until",
          "at",
          "group",
          "site",
          "number",
          "everything",
          "numbers",
          "office",
          "holidays");

  private Names() {}

  /** Reports a name that cannot be one. */
  static boolean good(Value value, String name, String of) {
    if (!name.matches(FORM)) {
      value.wrong(Problem.quote(name) + " cannot be the name of " + of, REMEDY);
      return false;
    }
    if (TAKEN.contains(name)) {
      value.wrong(
          Problem.quote(name) + " cannot be the name of " + of + ": it is a word of the commands",
          "choose another name");
      return false;
    }
    return true;
  }

  /** The list's names; each that is not known, or that is there twice, is a problem. */
  static List<String> known(Value list, Known known, String notThere) {
    Set<String> seen = new LinkedHashSet<>();
    for (Value item : list.list()) {
      item.text()
          .flatMap(name -> oneOf(item, name, known, notThere))
          .ifPresent(
              name -> {
                if (!seen.add(name)) {
                  item.wrong(
                      list.label() + " names " + Problem.quote(name) + " twice",
                      "remove one of them");
                }
              });
    }
    return List.copyOf(seen);
  }

  /** The name, if it is known. */
  static Optional<String> oneOf(Value value, String name, Known known, String notThere) {
    if (known.has(name)) {
      return Optional.of(name);
    }
    value.wrong(
        value.label() + " names " + Problem.quote(name) + ", " + notThere,
        Suggest.remedy(name, known.names()));
    return Optional.empty();
  }
}
