package org.linekeeper.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that a test writes, if it is asked to: {@code mvn test
 * -Dtest='TransitionMapTest,RoomsTest' -Dlinekeeper.write-docs=true}.
 *
 * @param page the page
 * @param writer as the page names whoever writes the part: {@code <!-- begin: written by ... -->}
 */
public record GeneratedPart(Path page, String writer) {
  private static final String ANEW =
      "written anew by: mvn test -Dtest=%s -Dlinekeeper.write-docs=true";

  /** The only part that this test writes. */
  public GeneratedPart(Path page, Class<?> test) {
    this(page, test.getSimpleName());
  }

  /** Fails unless the page has just that text there; writes it if asked to. */
  public void isUpToDate(String text) throws IOException {
    if (!writeIfAsked(text)) {
      assertThat(Files.readString(page)).as(ANEW, writer).isEqualTo(with(text));
    }
  }

  /** For what is measured, and differs each time. */
  public boolean writeIfAsked(String text) throws IOException {
    boolean asked = Boolean.getBoolean("linekeeper.write-docs");
    if (asked) {
      Files.writeString(page, with(text));
    }
    return asked;
  }

  private String with(String text) throws IOException {
    String before = Files.readString(page);
    String begin = "<!-- begin: written by " + writer + " -->\n";
    String end = "<!-- end: written by " + writer + " -->";
    assertThat(before).contains(begin, end);
    return before.substring(0, before.indexOf(begin) + begin.length())
        + text
        + before.substring(before.indexOf(end));
  }
}
