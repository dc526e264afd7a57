package org.linekeeper.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Conversations an office manager can read. After a deliberate change of wording, run with {@code
 * -Dtranscripts.write=true}, read the difference and commit it.
 */
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/command");

  static Stream<Path> conversations() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyConversationGoesAsWritten(Path file) throws IOException {
    List<String> expected = Files.readAllLines(file);
    List<String> played = Conversation.play(expected);
    if (Boolean.getBoolean("transcripts.write")) {
      Files.write(file, played);
    }
    assertThat(played).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void everyReplyFitsTwoTexts(Path file) throws IOException {
    assertThat(Conversation.play(Files.readAllLines(file)))
        .filteredOn(line -> line.startsWith("lk> "))
        .map(line -> line.substring(4))
        .allSatisfy(reply -> assertThat(reply.length()).as(reply).isLessThanOrEqualTo(320))
        .allSatisfy(reply -> assertThat(Gsm7.fits(reply)).as(reply).isTrue());
  }
}
