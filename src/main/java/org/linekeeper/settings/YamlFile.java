package org.linekeeper.settings;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * From bytes to the YAML node tree, in which every value still knows its line. Nothing is
 * constructed from it, so tags and aliases can do no harm.
 */
final class YamlFile {
  private static final int DEEPEST = 20;
  private static final int MOST_ALIASES = 50;
  private static final int LONGEST_MESSAGE = 160;

  private YamlFile() {}

  /**
   * The file's top level; an absent section if the file cannot be read, which is then a problem.
   */
  static Section read(Reading reading, Snapshot.Content content, boolean references) {
    String file = content.path().toString();
    Optional<Node> root = root(reading, content, file);
    Where top = new Where(file, 1);
    if (root.isEmpty()) {
      return Section.absent(reading, top, "", references);
    }
    return new Value(reading, top, "", "the file", references, root.get()).section();
  }

  private static Optional<Node> root(Reading reading, Snapshot.Content content, String file) {
    Where top = new Where(file, 1);
    if (content.trouble().isPresent()) {
      reading.problems.add(
          top,
          "the file " + content.trouble().get(),
          "see the example of the same name in config/");
      return Optional.empty();
    }
    Optional<String> text = decode(reading, content.bytes(), file);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Node node =
          new Yaml(new SafeConstructor(limits())).compose(new java.io.StringReader(text.get()));
      if (node == null) {
        reading.problems.add(
            top, "the file is empty", "see the example of the same name in config/");
      }
      return Optional.ofNullable(node);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      String problem = e.getProblem() == null ? "not understood" : e.getProblem();
      String said = Problem.cut(problem.replaceAll("\\s+", " "), LONGEST_MESSAGE);
      reading.problems.add(
          new Where(file, line),
          "this is not YAML here: " + said.replace("'\\t(TAB)'", "a tab"),
          remedy(said));
      return Optional.empty();
    } catch (ReaderException e) {
      reading.problems.add(
          new Where(file, lineAt(text.get(), e.getPosition())),
          "there is a character here that YAML does not allow (code " + e.getCodePoint() + ")",
          "delete it and save the file as plain UTF-8 text");
      return Optional.empty();
    } catch (YAMLException e) {
      reading.problems.add(
          top,
          "the file goes beyond what is read: " + firstLine(e),
          "write it without deep nesting and with few aliases");
      return Optional.empty();
    }
  }

  private static String remedy(String said) {
    if (said.contains("TAB")) {
      return "indent with spaces only";
    }
    return said.contains("tag")
        ? "remove the word that begins with an exclamation mark"
        : "check the indentation, colons, brackets and quotes on this line and the one above";
  }

  private static LoaderOptions limits() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Snapshot.LARGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setAllowRecursiveKeys(false);
    return options;
  }

  private static Optional<String> decode(Reading reading, byte[] bytes, String file) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    try {
      if (result.isError()) {
        result.throwException();
      }
    } catch (CharacterCodingException e) {
      reading.problems.add(
          new Where(file, lineAt(text, text.length())),
          "the file is not UTF-8 text here",
          "save it as UTF-8");
      return Optional.empty();
    }
    // Some editors on Windows begin a file with a byte order mark.
    return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
  }

  private static int lineAt(String text, int position) {
    return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
  }

  private static String firstLine(YAMLException e) {
    String message = e.getMessage() == null ? "not understood" : e.getMessage();
    return message.lines().findFirst().orElse("not understood");
  }
}
