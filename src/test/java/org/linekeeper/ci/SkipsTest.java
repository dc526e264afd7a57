package org.linekeeper.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build must not pass because a machine lacks what the tests need. */
class SkipsTest {
  private static final Path PROGRAM = Path.of(".ci/Skips.java");

  /** As surefire 3.5.6 writes an assumption that does not hold. */
  private static final String CHROMIUM =
      "<skipped type=\"org.opentest4j.TestAbortedException\"><![CDATA["
          + "org.opentest4j.TestAbortedException: Assumption failed: Chromium is missing:"
          + " apt-get install chromium\n\tat org.linekeeper.web.PageIT.shows(PageIT.java:48)\n"
          + "]]></skipped>";

  @TempDir Path reports;

  private record Ended(int exit, String said) {}

  private Ended run() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROGRAM.toString(),
                reports.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), said);
  }

  private void report(String inside) throws IOException {
    Files.writeString(
        reports.resolve("TEST-org.linekeeper.web.PageIT.xml"),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite tests=\"2\" skipped=\"1\">"
            + "<testcase name=\"fits\" classname=\"org.linekeeper.web.PageIT\" time=\"1\"/>"
            + "<testcase name=\"shows\" classname=\"org.linekeeper.web.PageIT\" time=\"0\">"
            + inside
            + "</testcase></testsuite>");
  }

  @Test
  void aMissingBrowserFailsTheBuildByName() throws Exception {
    report(CHROMIUM);

    Ended ended = run();

    assertThat(ended.said()).contains("org.linekeeper.web.PageIT.shows").contains("Chromium");
    assertThat(ended.exit()).isEqualTo(1);
  }

  @Test
  void aSkipThatGivesNoReasonFailsToo() throws Exception {
    report("<skipped/>");

    assertThat(run().exit()).isEqualTo(1);
  }

  @Test
  void anotherReasonIsShownAndLetThrough() throws Exception {
    report("<skipped message=\"this file system has no POSIX permissions\"/>");

    Ended ended = run();

    assertThat(ended.said()).contains("no POSIX permissions");
    assertThat(ended.exit()).isZero();
  }

  @Test
  void whereNothingWasSkippedNothingIsSaid() throws Exception {
    report("");

    assertThat(run()).isEqualTo(new Ended(0, ""));
  }

  @Test
  void noReportsAtAllMeansThatNothingRan() throws Exception {
    assertThat(run().exit()).isEqualTo(2);
  }
}
