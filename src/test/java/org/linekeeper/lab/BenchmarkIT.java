package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.Knobs;
import org.linekeeper.docs.GeneratedPart;

/**
 * How fast it is, with the jar as offices run it, real Asterisks, shipped settings and a carrier
 * whose API takes 150 ms. Prints what it measured, and writes it to target/benchmarks.md, and to
 * docs/BENCHMARKS.md with {@code -Dlinekeeper.write-docs=true}.
 */
@Tag("lab")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BenchmarkIT {
  private static final int RUNS = Integer.getInteger("linekeeper.bench.runs", 10);
  private static final Duration CALL_EVERY = Duration.ofMillis(10);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Knobs CARRIER =
      Knobs.DEFAULT
          .withHunting(false)
          .withLatency(Duration.ofMillis(150))
          .withLegDeadline(Duration.ofMillis(400));

  private final List<String> rows = new ArrayList<>();
  private LabOffice lab;
  private LinekeeperProcess linekeeper;

  @BeforeAll
  void open() {
    lab = LabOffice.open(AsteriskRoot.v22());
    lab.carrier().knobs(CARRIER);
    lab.settings(Map.of());
    lab.carrier().caller().callOnly(List.of(LabOffice.MAIN));
    linekeeper = LinekeeperProcess.start(lab);
    linekeeper.awaitCalm();
  }

  @AfterAll
  void report() throws IOException {
    linekeeper.close();
    lab.close();
    String table =
        "| what | limit | median | worst | runs |\n|---|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n\nMeasured on "
            + LocalDate.now(ZoneOffset.UTC)
            + ", Java "
            + Runtime.version()
            + ".\n";
    System.out.println(table);
    Files.writeString(Path.of("target/benchmarks.md"), table);
    new GeneratedPart(Path.of("docs/BENCHMARKS.md"), BenchmarkIT.class).writeIfAsked(table);
  }

  @Test
  @Order(1)
  void fromStartToWatching() {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      linekeeper.close();
      Await.pause(Duration.ofSeconds(6)); // the standby's gate opens by itself
      Instant start = Instant.now();
      linekeeper = LinekeeperProcess.start(lab);
      try (LabAmi witness = lab.standby().loginAsWitness()) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> closed(witness));
      }
      took.add(Duration.between(start, Instant.now()).toMillis());
    }
    row("start to watching (the standby's gate is held)", "6000 ms", took, "ms");
    assertThat(median(took)).isLessThanOrEqualTo(6000);
  }

  @Test
  @Order(2)
  void killedPrimary() throws InterruptedException {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      took.add(outage(() -> lab.primary().kill9()));
      lab.primary().start();
      failBack();
    }
    row("kill -9 of the primary to the first call answered by the standby", "300 ms", took, "ms");
    assertThat(median(took)).isLessThanOrEqualTo(300);
  }

  @Test
  @Order(3)
  void stoppedPrimary() throws InterruptedException {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      took.add(outage(() -> lab.primary().sigstop()));
      lab.primary().sigcont();
      failBack();
    }
    row("SIGSTOP of the primary to the first call answered by the standby", "1500 ms", took, "ms");
    assertThat(median(took)).isLessThanOrEqualTo(1500);
  }

  @Test
  @Order(4)
  void textsToTwentyFiveNumbers() {
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      took.add(moved("DIVERT", true));
      took.add(moved("RETURN", false));
    }
    row("SMS with the code to all 25 numbers moved or returned", "1000 ms", took, "ms");
    assertThat(median(took)).isLessThanOrEqualTo(1000);
  }

  @Test
  @Order(5)
  void memory() {
    Await.pause(Duration.ofSeconds(10));
    long resident = linekeeper.residentMebibytes();
    row(
        "resident memory after all that, with the shipped options",
        "300 MiB",
        List.of(resident),
        "MiB");
    assertThat(resident).isLessThanOrEqualTo(300);
  }

  private long outage(Runnable fault) throws InterruptedException {
    linekeeper.awaitCalm();
    BlockingQueue<CallRecord> answered = new LinkedBlockingQueue<>();
    lab.carrier().caller().onCall(answered::add);
    lab.carrier().caller().callEvery(CALL_EVERY);
    Await.pause(Duration.ofMillis(500));
    Instant at = Instant.now();
    fault.run();
    Instant first = Instant.MAX;
    while (first.equals(Instant.MAX)) {
      CallRecord call = answered.poll(10, TimeUnit.SECONDS);
      assertThat(call).as("a call within 10 s").isNotNull();
      if ("standby".equals(call.via())) {
        first = call.at().plus(call.took());
      }
      assertThat(Instant.now()).as("nobody answers").isBefore(at.plusSeconds(20));
    }
    lab.carrier().caller().pause();
    return Duration.between(at, first).toMillis();
  }

  private long moved(String word, boolean away) {
    int before = lab.alice().inbox().size();
    lab.carrier().staffTexts(LabOffice.ALICE, LabOffice.CONTROL, word);
    String code =
        await().atMost(SOON).until(() -> texts(before, "Reply ([0-9]{6})"), c -> !c.isEmpty());
    Instant at = Instant.now();
    lab.carrier().staffTexts(LabOffice.ALICE, LabOffice.CONTROL, code);
    await().atMost(SOON).pollInterval(Duration.ofMillis(2)).until(() -> elsewhere(away) == 25);
    long took = Duration.between(at, Instant.now()).toMillis();
    await().atMost(SOON).until(() -> texts(before, "Done: ([0-9]+)"), done -> !done.isEmpty());
    return took;
  }

  private long elsewhere(boolean away) {
    return java.util.stream.IntStream.rangeClosed(1, LabOffice.NUMBERS)
        .mapToObj(i -> lab.carrier().provisioning().number(LabOffice.number(i)))
        .filter(number -> number.toString().contains("/twiml/divert") == away)
        .count();
  }

  private String texts(int before, String pattern) {
    var inbox = lab.alice().inbox();
    for (int i = before; i < inbox.size(); i++) {
      Matcher found = Pattern.compile(pattern).matcher(inbox.get(i).body());
      if (found.find()) {
        return found.group(1);
      }
    }
    return "";
  }

  private void failBack() {
    linekeeper.awaitCalm();
    linekeeper.command("failback");
    await()
        .atMost(SOON)
        .until(
            () ->
                "primary"
                    .equals(lab.carrier().caller().call("+441632960500", LabOffice.MAIN).via()));
  }

  private static boolean closed(LabAmi witness) {
    String until = witness.global("LK_CLOSED_UNTIL");
    return !until.isEmpty() && Long.parseLong(until) > Instant.now().getEpochSecond();
  }

  private void row(String what, String limit, List<Long> values, String unit) {
    rows.add(
        "| "
            + String.join(
                " | ",
                what,
                "at most " + limit,
                median(values) + " " + unit,
                Collections.max(values) + " " + unit,
                Integer.toString(values.size()))
            + " |");
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
