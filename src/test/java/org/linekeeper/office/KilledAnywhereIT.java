package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * kill -9 before and after each append to the journal and each change at the carrier, one place
 * after the other. Whatever was recorded is carried through by the next Linekeeper without anybody
 * asking again, no number is lost, and every field comes back.
 */
@Timeout(300)
class KilledAnywhereIT {
  private static final int LINES = 3;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path directory;
  private Office office;
  private Reaper reaper;
  private Child linekeeper;

  /** A process that is there, but where Linekeeper has not begun: it saves a second each time. */
  private Child next;

  private Map<String, Map<String, Object>> before;

  /** A place to die at. */
  private record Point(boolean early, boolean append, int place, String what) {
    @Override
    public String toString() {
      return (early ? "before " : "after ") + what;
    }

    /** Only then nothing was recorded of what somebody asked for, and nobody was told it was. */
    boolean unheard() {
      return append && early && place == 1;
    }
  }

  /** What is asked for, and how many numbers ring on mobiles then. */
  private record Wish(String words, int diverted) {}

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    OfficeFiles files = new OfficeFiles(office);
    files.write();
    // One change after the other.
    office.write(
        "linekeeper.yml", files.linekeeper().replace("most-at-once: 90", "most-at-once: 1"));
    reaper = new Reaper(office.carrier());
    before = office.records();
    next = new Child(directory);
  }

  @AfterEach
  void close() {
    if (linekeeper != null) {
      linekeeper.close();
    }
    next.close();
    office.close();
  }

  @Test
  void duringADivertAndDuringAReturn() throws Exception {
    Wish divert = new Wish("DIVERT ALL", LINES);
    Wish back = new Wish("RETURN ALL", 0);
    startAnew();
    List<Point> ofDivert = uninterrupted(divert);
    List<Point> ofReturn = uninterrupted(back);
    assertThat(ofDivert)
        .extracting(Point::toString)
        .contains("before DiversionBegan", "after Intended", "after change 3", "after Done")
        .hasSize(2 * (2 + 2 * LINES));
    assertThat(ofReturn).hasSize(2 * (2 + 2 * LINES));

    List<Point> covered = new ArrayList<>();
    for (int i = 0; i < ofDivert.size(); i++) {
      covered.add(killedAt(ofDivert.get(i), divert));
      beforeImagesAreAsTheNumbersWere();
      covered.add(killedAt(ofReturn.get(i), back));
      assertThat(office.records()).as("killed " + ofReturn.get(i)).isEqualTo(before);
    }
    assertThat(covered).hasSize(ofDivert.size() + ofReturn.size());
    System.out.println("killed at " + covered.size() + " places of a divert and a return");
  }

  /** Carries the wish out and lists the places that it passed. */
  private List<Point> uninterrupted(Wish wish) {
    int already = linekeeper.committed().size();
    reaper.watch(linekeeper);
    assertThat(linekeeper.say(wish.words())).isTrue();
    settles(wish);
    List<Point> points = new ArrayList<>();
    List<String> appends = linekeeper.committed();
    for (int i = already; i < appends.size(); i++) {
      for (boolean early : new boolean[] {true, false}) {
        points.add(new Point(early, true, i - already + 1, appends.get(i)));
      }
    }
    for (int i = 1; i <= reaper.made(); i++) {
      for (boolean early : new boolean[] {true, false}) {
        points.add(new Point(early, false, i, "change " + i));
      }
    }
    return points;
  }

  /** Dies at that place, and another one carries on. */
  private Point killedAt(Point point, Wish wish) {
    reaper.watch(linekeeper);
    if (point.append()) {
      linekeeper.doom((point.early() ? "before" : "after") + " DECIDING " + point.place());
    } else {
      reaper.kill(point.early(), point.place());
    }
    linekeeper.say(wish.words());
    await()
        .alias("killed " + point)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !linekeeper.alive());

    startAnew();
    if (point.unheard()) {
      assertThat(linekeeper.state().orElseThrow().settledWith(LINES - wish.diverted()))
          .as("nothing was recorded, so nothing was begun")
          .isTrue();
      assertThat(linekeeper.say(wish.words())).isTrue();
    }
    settles(wish);
    for (String line : office.lines()) {
      assertThat(office.diverted(line))
          .as("%s, killed %s of %s", line, point, wish.words())
          .isEqualTo(wish.diverted() > 0);
    }
    return point;
  }

  private void startAnew() {
    if (linekeeper != null) {
      linekeeper.kill();
    }
    linekeeper = next;
    reaper.watch(linekeeper);
    linekeeper.start().healthy();
    next = new Child(directory);
  }

  private void settles(Wish wish) {
    await()
        .alias(wish.words())
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> linekeeper.state().filter(s -> s.settledWith(wish.diverted())).isPresent());
  }

  private void beforeImagesAreAsTheNumbersWere() throws Exception {
    Path file = directory.resolve("journal").resolve("before-images.json");
    JsonNode images = JsonMapper.builder().build().readTree(Files.readString(file));
    Map<String, Map<String, String>> found = new TreeMap<>();
    images
        .path("numbers")
        .forEach(
            number -> {
              Map<String, String> fields = new TreeMap<>();
              number
                  .path("asFound")
                  .properties()
                  .forEach(f -> fields.put(json(f.getKey()), f.getValue().asString()));
              found.put(number.path("number").asString(), fields);
            });
    assertThat(found.keySet()).isEqualTo(before.keySet());
    found.forEach(
        (number, fields) ->
            fields.forEach(
                (field, value) ->
                    assertThat(value)
                        .as(number + " " + field)
                        .isEqualTo(String.valueOf(before.get(number).get(field)))));
  }

  /** {@code VoiceUrl} is a request's parameter, {@code voice_url} the field of the answer. */
  private static String json(String parameter) {
    return parameter.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }
}
