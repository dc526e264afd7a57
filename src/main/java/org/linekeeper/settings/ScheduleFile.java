package org.linekeeper.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.Target;
import org.linekeeper.estate.Window;

/** schedule.yml: the holidays, and the rules by which numbers move by themselves. */
final class ScheduleFile {
  private static final String HOLIDAYS = "holidays";

  private final Section file;
  private final Catalogue catalogue;
  private final List<TargetUse> uses;

  ScheduleFile(Section file, Catalogue catalogue, List<TargetUse> uses) {
    this.file = file;
    this.catalogue = catalogue;
    this.uses = uses;
  }

  List<Schedule.Rule> read() {
    List<Window> holidays =
        file.optional(HOLIDAYS).map(v -> windows(v, Optional.empty())).orElse(List.of());
    Optional<Value> list = file.required("schedule", "a list of rules, or [] for none");
    List<Schedule.Rule> rules = new ArrayList<>();
    Map<String, Section> names = new HashMap<>();
    for (Section entry : list.map(Value::sections).orElse(List.of())) {
      rule(entry, holidays, names).ifPresent(rules::add);
    }
    file.close();
    return rules;
  }

  private Optional<Schedule.Rule> rule(
      Section entry, List<Window> holidays, Map<String, Section> names) {
    Optional<Value> nameValue = entry.required("name", "what people call it");
    Optional<String> name = nameValue.flatMap(Value::text);
    Section first = name.map(n -> names.putIfAbsent(n, entry)).orElse(null);
    if (first != null) {
      nameValue
          .orElseThrow()
          .wrong(
              "two rules are called "
                  + Problem.quote(name.orElseThrow())
                  + "; the first is on line "
                  + first.where().line(),
              "give each rule its own name");
    }
    Optional<Value> numbersValue =
        entry.required("numbers", "all, or groups, sites or numbers from numbers.yml");
    List<Selection> numbers = numbersValue.map(catalogue::selections).orElse(List.of());
    numbersValue.filter(v -> v.list().isEmpty()).ifPresent(ScheduleFile::namesNone);
    List<Target> to =
        entry.optional("divert-to").map(v -> catalogue.targets(v, uses)).orElse(List.of());
    Optional<Value> whenValue = entry.required("when", "mon-fri 17:30-08:30");
    List<Window> when = whenValue.map(v -> windows(v, Optional.of(holidays))).orElse(List.of());
    whenValue.filter(v -> v.list().isEmpty()).ifPresent(ScheduleFile::namesNone);
    List<Window> except =
        entry.optional("except").map(v -> windows(v, Optional.of(holidays))).orElse(List.of());
    entry.close();
    return name.map(n -> new Schedule.Rule(n, numbers, to, when, except));
  }

  private static void namesNone(Value value) {
    value.wrong(value.label() + " is an empty list", "name at least one, or remove the rule");
  }

  /**
   * @param holidays what the word holidays stands for; empty where it may not be used
   */
  private static List<Window> windows(Value list, Optional<List<Window>> holidays) {
    List<Window> windows = new ArrayList<>();
    for (Value item : list.list()) {
      Optional<String> text = item.text();
      if (holidays.isPresent() && text.filter(HOLIDAYS::equalsIgnoreCase).isPresent()) {
        windows.addAll(holidays.get());
      } else if (text.isPresent()) {
        WindowText.read(item).ifPresent(windows::add);
      }
    }
    return windows;
  }
}
