package org.linekeeper.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.secret.Secret;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value and where it stands. Each way to read it gives the value, or nothing after having
 * reported what is wrong with it.
 *
 * @param where its line: that of its key, or of the entry of a list
 * @param label what people call it: its key in quotes
 * @param references whether it may be {@code ${env:NAME}}
 */
record Value(
    Reading reading, Where where, String path, String label, boolean references, Node node) {
  private static final int LONGEST_TEXT = 1000;
  private static final int LONGEST_LIST = 5000;
  private static final String PHONE_REMEDY =
      "write a phone number with its area code, or with + and its country code";
  private static final String URL_REMEDY =
      "write such as https://phones.example.org/path, without password, ? and #";
  private static final String URL_AS_IT_STANDS_REMEDY =
      "write such as https://phones.example.org/twilio/sms, without password and #";
  private static final String ORIGIN_REMEDY =
      "write such as https://phones.example.org:8443, without password, path, ? and #";
  private static final Set<Tag> PLAIN_TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MERGE,
          Tag.MAP,
          Tag.SEQ,
          new Tag("tag:yaml.org,2002:value"));

  void wrong(String what, String remedy) {
    reading.problems.add(where, what, remedy);
  }

  Value at(String otherPath) {
    return new Value(reading, where, otherPath, label, references, node);
  }

  /** Whether anything stands after the colon; if not, that is a problem. */
  boolean notEmpty() {
    if (node.getTag().equals(Tag.NULL)) {
      wrong(label + " has no value", "write one, or remove the line; an empty list is []");
      return false;
    }
    return true;
  }

  Section section() {
    if (plainTag() && node instanceof MappingNode mapping) {
      return Section.of(this, mapping);
    }
    wrong(label + " is " + kind(), "write settings of the form KEY: VALUE there");
    return Section.absent(reading, where, path + "?", references);
  }

  /** The values of a list; a single value counts as a list of one. */
  List<Value> list() {
    if (!(node instanceof SequenceNode sequence)) {
      return node instanceof MappingNode && plainTag() && wrongKind("a list: [A, B]")
          ? List.of()
          : List.of(this);
    }
    if (!plainTag()) {
      return List.of();
    }
    if (sequence.getValue().size() > LONGEST_LIST) {
      wrong(label + " has more than " + LONGEST_LIST + " entries", "write fewer");
      return List.of();
    }
    return sequence.getValue().stream()
        .map(item -> new Value(reading, at(item), path, label, references, item))
        .filter(Value::notEmpty)
        .toList();
  }

  /** The values of a list whose entries are sections. */
  List<Section> sections() {
    if (!(node instanceof SequenceNode)) {
      wrong(label + " is " + kind(), "write a list there: each entry begins with \"- \"");
      return List.of();
    }
    return list().stream()
        .map(
            item ->
                new Value(
                    reading,
                    item.where,
                    path + "[]",
                    "an entry of " + label,
                    references,
                    item.node))
        .map(Value::section)
        .filter(Section::present)
        .toList();
  }

  Optional<String> text() {
    return raw().flatMap(t -> references ? reading.references.plain(this, t) : Optional.of(t));
  }

  /** A literal that must not be shown in messages, or a reference to one. */
  Optional<Secret> secret() {
    return raw().flatMap(text -> reading.references.secret(this, text));
  }

  Optional<Boolean> yesOrNo() {
    return text()
        .flatMap(
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "yes", "true", "on" -> Optional.of(true);
                  case "no", "false", "off" -> Optional.of(false);
                  default -> refused(text, "write yes or no");
                });
  }

  Optional<Integer> number(int least, int most) {
    return text()
        .flatMap(
            text -> {
              // Longer digits than any limit has: parsing them would throw.
              Optional<Integer> read =
                  text.matches("[0-9]{1,9}")
                      ? Optional.of(Integer.valueOf(text))
                      : Optional.empty();
              return read.filter(n -> n >= least && n <= most)
                  .or(() -> refused(text, "write a whole number from " + least + " to " + most));
            });
  }

  Optional<Duration> duration(Duration least, Duration most) {
    return text()
        .flatMap(
            text ->
                Durations.parse(text)
                    .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0)
                    .or(
                        () ->
                            refused(
                                text,
                                "write a duration from "
                                    + Durations.show(least)
                                    + " to "
                                    + Durations.show(most)
                                    + " with its unit, such as 500ms, 10s, 10m or 2h")));
  }

  /** One of the words of an enum, written small and with hyphens. */
  <E extends Enum<E>> Optional<E> choice(Class<E> type) {
    List<String> words = Stream.of(type.getEnumConstants()).map(Value::word).toList();
    return text()
        .flatMap(
            text ->
                Stream.of(type.getEnumConstants())
                    .filter(e -> word(e).equals(text.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .or(() -> refused(text, Suggest.remedy(text, words))));
  }

  /** A number as people write it; where the office's region is not known, nothing is reported. */
  Optional<PhoneNumber> phone(Optional<String> region) {
    return text()
        .flatMap(
            text -> {
              Optional<PhoneNumber> read = PhoneNumber.parse(text, region.orElse("ZZ"));
              return read.isPresent() || region.isEmpty() ? read : refused(text, PHONE_REMEDY);
            });
  }

  /** An http or https address without a user, query or fragment; a slash at its end is dropped. */
  Optional<URI> url() {
    return text().flatMap(t -> url(t, cut(t), uri -> uri.getRawQuery() == null, URL_REMEDY));
  }

  /** The same as it stands, with its query if it has one: signatures are over every character. */
  Optional<URI> urlAsItStands() {
    return text().flatMap(t -> url(t, t, uri -> true, URL_AS_IT_STANDS_REMEDY));
  }

  /** Of an address no more than scheme, host and port. */
  Optional<URI> origin() {
    return text()
        .flatMap(
            t ->
                url(
                    t,
                    cut(t),
                    uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null,
                    ORIGIN_REMEDY));
  }

  private static String cut(String text) {
    return text.replaceAll("/+$", "");
  }

  private Optional<URI> url(String written, String text, Predicate<URI> allowed, String remedy) {
    // Before an @ there may be a password, which is then in no message.
    String shown = written.replaceAll("(?s).*@", "…@");
    try {
      URI uri = new URI(text);
      boolean good =
          ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && allowed.test(uri);
      return good ? Optional.of(uri) : refused(shown, remedy);
    } catch (URISyntaxException e) {
      return refused(shown, remedy);
    }
  }

  /** A path, from the directory of the files if it is not absolute. */
  Optional<Path> path(Path directory) {
    return text()
        .flatMap(
            text -> {
              try {
                return Optional.of(directory.resolve(text));
              } catch (InvalidPathException e) {
                return refused(text, "write the path of a file or directory");
              }
            });
  }

  /** Text of a set form. */
  Optional<String> matching(String pattern, String remedy) {
    return text().flatMap(t -> t.matches(pattern) ? Optional.of(t) : refused(t, remedy));
  }

  <T> Optional<T> refused(String text, String remedy) {
    wrong(label + " is " + Problem.quote(text), remedy);
    return Optional.empty();
  }

  private Where at(Node item) {
    return new Where(where.file(), item.getStartMark().getLine() + 1);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Optional<String> raw() {
    if (!plainTag()) {
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      wrongKind("one value");
      return Optional.empty();
    }
    String text = scalar.getValue().strip();
    if (text.isEmpty()) {
      wrong(label + " is empty", "write a value, or remove the line");
      return Optional.empty();
    }
    if (text.length() > LONGEST_TEXT) {
      wrong(label + " is longer than " + LONGEST_TEXT + " characters", "write it shorter");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private boolean wrongKind(String right) {
    wrong(label + " is " + kind(), "write " + right);
    return true;
  }

  private boolean plainTag() {
    if (PLAIN_TAGS.contains(node.getTag())) {
      return true;
    }
    wrong(label + " has a YAML tag", "remove the word that begins with an exclamation mark");
    return false;
  }

  private String kind() {
    NodeId id = node.getNodeId();
    return switch (id) {
      case scalar -> "a single value";
      case sequence -> "a list";
      case mapping -> "a section of settings";
      case anchor -> "an alias";
    };
  }
}
