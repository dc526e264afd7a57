import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Which tests were skipped, and were they skipped because something is missing on this machine? Reads
 * the reports of surefire and failsafe. Run by .ci/run: java .ci/Skips.java DIRECTORY...
 *
 * <p>Exit code 0: no report names a missing thing; 1: one does, or says nothing at all; 2: a
 * directory holds no report, so its tests did not run.
 */
final class Skips {
  /** How people say that something is missing; a reason without any of these is a reason. */
  private static final String MISSING =
      "(?is).*\\b(missing|absent|lacks?|not (there|found|installed|available|present|executable)"
          + "|no such|cannot (find|run|be found)|could not be found|unavailable|needs?|requires?|install)\\b.*";

  private final List<String> accepted = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  public static void main(String[] directories) throws Exception {
    Skips skips = new Skips();
    for (String directory : directories) {
      skips.read(Path.of(directory));
    }
    skips.accepted.forEach(line -> System.out.println("skipped, as it should be: " + line));
    skips.missing.forEach(line -> System.out.println("SKIPPED FOR WANT OF SOMETHING: " + line));
    System.exit(skips.missing.isEmpty() ? 0 : 1);
  }

  private void read(Path directory)
      throws IOException, ParserConfigurationException, SAXException {
    List<Path> reports = reports(directory);
    if (reports.isEmpty()) {
      System.out.println("There is no report in " + directory + ": its tests did not run.");
      System.exit(2);
    }
    for (Path report : reports) {
      NodeList cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        read((Element) cases.item(i));
      }
    }
  }

  private static List<Path> reports(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).sorted().toList();
    }
  }

  private void read(Element testcase) {
    NodeList skipped = testcase.getElementsByTagName("skipped");
    if (skipped.getLength() > 0) {
      String reason = reason((Element) skipped.item(0));
      String name = testcase.getAttribute("classname") + "." + testcase.getAttribute("name");
      String line = name + ": " + (reason.isEmpty() ? "(no reason given)" : reason);
      (reason.isEmpty() || reason.matches(MISSING) ? missing : accepted).add(line);
    }
  }

  /** An assumption's reason is the first line of its stack trace, a condition's is an attribute. */
  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message").strip();
    String trace = skipped.getTextContent().strip().lines().findFirst().orElse("").strip();
    return message.isEmpty() ? trace.replaceFirst("^[\\w.]+Exception: ?", "") : message;
  }
}
