package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Fault;

/** A hundred numbers, each set up in another way, go to mobiles and come back as they were. */
class HundredNumbersIT {
  private static final int LINES = 100;

  /** Longer than Linekeeper waits for an answer: what it has given up lands after that. */
  private static final Duration HANG = Duration.ofSeconds(6);

  @TempDir Path directory;
  private Office office;

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    new OfficeFiles(office).write();
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void everyWritableFieldIsAsBefore() {
    Map<String, Map<String, Object>> before = office.records();
    try (Running linekeeper = Running.on(directory).healthy()) {
      divertAndReturn(linekeeper);
    }
    assertThat(office.records()).isEqualTo(before);
    assertThat(office.changes())
        .as("one request to divert a number, one to return it")
        .hasSize(200);
    assertThat(office.contract().judged()).hasSizeGreaterThan(200);
  }

  @Test
  void alsoWhenTheCarrierIsHavingABadDay() {
    Map<String, Map<String, Object>> before = office.records();
    office
        .carrier()
        .knobs(
            office
                .carrier()
                .knobs()
                .withLatency(Duration.ofMillis(20))
                .withMaxConcurrent(8)
                .withHang(HANG));
    try (Running linekeeper = Running.on(directory).healthy()) {
      for (Fault fault : Fault.values()) {
        int[] seen = {0};
        // Not one after the other: bad days come in showers.
        office
            .carrier()
            .goWrong(
                fault,
                2,
                request ->
                    request.method().equals("POST") && seen[0]++ % Fault.values().length == 0);
      }
      divertAndReturn(linekeeper);
      // A divert that was given up may land after the return; it is mended at one of the next
      // looks.
      await()
          .atMost(Duration.ofSeconds(60))
          .during(HANG.plusSeconds(1))
          .until(() -> office.records().equals(before));
    }
    assertThat(office.carrier().exchanges().stream().flatMap(e -> e.fault().stream()))
        .as("everything went wrong that can")
        .contains(Fault.values());
    assertThat(office.records()).isEqualTo(before);
  }

  private void divertAndReturn(Running linekeeper) {
    assertThat(linekeeper.say("DIVERT ALL").accepted()).isTrue();
    linekeeper.settles(LINES);
    assertThat(office.lines()).allMatch(office::diverted);
    assertThat(linekeeper.say("RETURN ALL").accepted()).isTrue();
    linekeeper.settles(0);
    await().until(() -> linekeeper.service().loop().overview().missing() == 0);
  }
}
