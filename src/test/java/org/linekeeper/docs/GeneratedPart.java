package org.linekeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that a test writes. To write all of them anew: {@code mvn test
 * -Dtest='TransitionMapTest,RoomsTest' -Dlinekeeper.write-docs=true}.
 *
 * @param page the page
 * @param test the test that writes it, named in the page
 */
public record GeneratedPart(Path page, Class<?> test) {
  private static final String ANEW =
      "written anew by: mvn test -Dtest=%s -Dlinekeeper.write-docs=true";

  /** Fails unless the page has just that text there; writes it if asked to. */
  public void isUpToDate(String text) throws IOException {
    String before = Files.readString(page);
    String begin = "<!-- begin: written by " + test.getSimpleName() + " -->\n";
    String end = "<!-- end: written by " + test.getSimpleName() + " -->";
    assertThat(before).contains(begin, end);
    String now =
        before.substring(0, before.indexOf(begin) + begin.length())
            + text
            + before.substring(before.indexOf(end));
    if (Boolean.getBoolean("linekeeper.write-docs")) {
      Files.writeString(page, now);
    } else {
      assertThat(before).as(ANEW, test.getSimpleName()).isEqualTo(now);
    }
  }
}
