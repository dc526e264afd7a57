package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alice texts DIVERT, and the code she got; then Linekeeper is killed before it has begun. The next
 * one diverts her numbers, and she need not text again.
 */
@Timeout(120)
class KilledAfterTheCodeIT {
  private static final int LINES = 3;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern CODE = Pattern.compile("Reply ([0-9]{6})");

  @TempDir Path directory;
  private Office office;
  private Lives lives;
  private Map<String, Map<String, Object>> before;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    new OfficeFiles(office).write();
    before = office.records();
    lives = new Lives(directory);
  }

  @AfterEach
  void close() {
    lives.close();
    office.close();
  }

  @Test
  void theNumbersAreDivertedAllTheSame() {
    List<String> appends = uninterrupted();
    assertThat(appends).as("from the code to the plan").last().isEqualTo("Intended");
    for (int place = 1; place <= appends.size(); place++) {
      killed("before DECIDING " + place);
      killed("after DECIDING " + place);
    }
    System.out.println("killed before and after each of " + appends);
  }

  /** What is recorded from the code's arrival to the plan. */
  private List<String> uninterrupted() {
    String code = asksForCode();
    int already = lives.now().committed().size();
    texts(code);
    lives.settles(LINES);
    List<String> all = lives.now().committed();
    List<String> since = all.subList(already, all.size());
    bringBack();
    return List.copyOf(since.subList(0, since.indexOf("Intended") + 1));
  }

  private void killed(String where) {
    String code = asksForCode();
    lives.now().doom(where);
    texts(code);
    lives.awaitDeath(where);

    lives.startAnew();
    lives.settles(LINES);
    assertThat(office.lines()).as("killed " + where).allMatch(office::diverted);
    bringBack();
  }

  private void bringBack() {
    assertThat(lives.now().say("RETURN ALL")).isTrue();
    lives.settles(0);
    assertThat(office.records()).isEqualTo(before);
  }

  private String asksForCode() {
    int known = codes().size();
    texts("DIVERT");
    await().atMost(SOON).until(() -> codes().size() > known);
    return codes().get(known);
  }

  private List<String> codes() {
    return office.inbox(Office.ALICE).stream()
        .map(CODE::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  private void texts(String words) {
    office.carrier().staffTexts(Office.ALICE, Office.CONTROL, words);
  }
}
