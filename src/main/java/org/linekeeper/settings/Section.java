package org.linekeeper.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Keys and their values. A section that is not in the file is read like an empty one, so that
 * defaults stand in one place. {@link #close} reports the keys that nobody looked for.
 */
final class Section {
  private final Reading reading;
  private final Where where;
  private final String path;
  private final String label;
  private final boolean references;
  private final boolean present;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  private Section(
      Reading reading,
      Where where,
      String path,
      String label,
      boolean references,
      boolean present) {
    this.reading = reading;
    this.where = where;
    this.path = path;
    this.label = label;
    this.references = references;
    this.present = present;
  }

  static Section absent(Reading reading, Where where, String path, boolean references) {
    return new Section(reading, where, path, "", references, false);
  }

  static Section of(Value value, MappingNode node) {
    Section section =
        new Section(
            value.reading(), value.where(), value.path(), value.label(), value.references(), true);
    node.getValue().forEach(section::add);
    return section;
  }

  private void add(NodeTuple tuple) {
    Node key = tuple.getKeyNode();
    Where at = new Where(where.file(), key.getStartMark().getLine() + 1);
    if (!(key instanceof ScalarNode scalar)) {
      reading.problems.add(at, "a key must be a word, not a list or a section", "write KEY: VALUE");
      return;
    }
    String name = scalar.getValue();
    Value value =
        new Value(reading, at, join(name), Problem.quote(name), references, tuple.getValueNode());
    Value first = values.putIfAbsent(name, value);
    if (first != null) {
      reading.problems.add(
          at,
          Problem.quote(name) + " is here twice; the first is on line " + first.where().line(),
          "remove one of them");
    }
  }

  boolean present() {
    return present;
  }

  Where where() {
    return where;
  }

  void wrong(String what, String remedy) {
    reading.problems.add(where, what, remedy);
  }

  /** The value, if the key is there. */
  Optional<Value> optional(String key) {
    known.add(key);
    reading.asked.add(join(key));
    return Optional.ofNullable(values.get(key)).filter(Value::notEmpty);
  }

  /** The value; that the key is missing from a section that is there is a problem. */
  Optional<Value> required(String key, String meaning) {
    if (present && !values.containsKey(key)) {
      reading.problems.add(
          where, Problem.quote(key) + " is missing in " + label, "add " + key + ": " + meaning);
    }
    return optional(key);
  }

  /** What is under the key; absent if it is not there. */
  Section section(String key) {
    return optional(key)
        .map(Value::section)
        .orElseGet(() -> absent(reading, where, join(key), references));
  }

  /** What is under the key; that it is missing is one problem, whatever should be in it. */
  Section requiredSection(String key, String meaning) {
    required(key, meaning);
    return section(key);
  }

  /** The keys that are there. */
  Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** For each entry of a section whose keys are names that people choose. */
  void eachNamed(BiConsumer<String, Value> action) {
    values.forEach(
        (name, value) -> {
          known.add(name);
          if (value.notEmpty()) {
            action.accept(name, value.at(path + ".*"));
          }
        });
  }

  /** Reports every key that is not a setting. To be called after all keys were looked for. */
  void close() {
    values.forEach(
        (name, value) -> {
          if (known.contains(name)) {
            return;
          }
          String remedy =
              name.equals("<<")
                  ? "merge keys are not read; repeat the values"
                  : Suggest.remedy(name, known);
          value.wrong(Problem.quote(name) + " is not a setting here", remedy);
        });
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
