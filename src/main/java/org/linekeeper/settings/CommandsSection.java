package org.linekeeper.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.HostCommand;

/** {@code commands:} under {@code failover:}: the office's own programs, by name. */
final class CommandsSection {
  private static final Duration LEAST = Duration.ofMillis(100);

  /** Two after each other, and what waits for them, end before a step is given up. */
  private static final Duration MOST = Duration.ofSeconds(20);

  private final SortedMap<String, HostCommand> commands = new TreeMap<>();
  private final Known known;

  CommandsSection(Section section) {
    section.eachNamed(this::command);
    known = new Known(section.names(), true);
  }

  private void command(String name, Value value) {
    boolean good = Names.good(value, name, "a command");
    Section entry = value.section();
    List<String> argv =
        entry
            .required("run", "[/full/path/of/program, argument]")
            .map(CommandsSection::argv)
            .orElse(List.of());
    Duration deadline =
        entry
            .optional("deadline")
            .flatMap(v -> v.duration(LEAST, MOST))
            .orElse(HostCommand.DEADLINE);
    entry.close();
    if (good && !argv.isEmpty()) {
      commands.put(name, new HostCommand(name, argv, deadline));
    }
  }

  private static List<String> argv(Value list) {
    List<Optional<String>> words = list.list().stream().map(CommandsSection::word).toList();
    if (words.isEmpty()) {
      list.wrong(list.label() + " names no program", "write [/full/path/of/program, argument]");
    }
    if (words.stream().anyMatch(Optional::isEmpty)) {
      return List.of();
    }
    List<String> argv = words.stream().flatMap(Optional::stream).toList();
    if (!argv.isEmpty() && !argv.get(0).startsWith("/")) {
      list.wrong(
          list.label() + " begins with " + Problem.quote(argv.get(0)),
          "write the program's full path, such as /usr/local/sbin/cut-power: there is no shell");
      return List.of();
    }
    return argv;
  }

  /** As it stands: what is put in its place would be a secret, as like as not. */
  private static Optional<String> word(Value item) {
    Value literal =
        new Value(item.reading(), item.where(), item.path(), item.label(), false, item.node());
    Optional<String> text = literal.text();
    if (text.filter(word -> word.contains("${") || word.startsWith("file:")).isPresent()) {
      item.wrong(
          item.label() + " has a reference in it",
          "write arguments out: they are in the journal and seen by every user of the machine, so a"
              + " secret is not for them; let the program read its own file");
      return Optional.empty();
    }
    return text;
  }

  /** The command that the value names. */
  Optional<HostCommand> named(Value value) {
    return value
        .text()
        .flatMap(name -> Names.oneOf(value, name, known, "which is not under commands in failover"))
        .flatMap(name -> Optional.ofNullable(commands.get(name)));
  }

  /** The commands that a list names. */
  List<HostCommand> list(Value value) {
    return value.list().stream().map(this::named).flatMap(Optional::stream).toList();
  }
}
