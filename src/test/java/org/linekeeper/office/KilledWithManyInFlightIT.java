package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.carrier.Request;
import org.linekeeper.demo.carrier.SimulatedCarrier;

/**
 * kill -9 in the middle of a hundred changes, as many at once as shipped: those under way land, and
 * three of them only while the next Linekeeper is at work already.
 */
@Timeout(180)
class KilledWithManyInFlightIT {
  private static final int LINES = 100;
  private static final int LATE = 3;
  private static final Duration LANDS_AFTER = Duration.ofSeconds(3);
  private static final Duration MENDED = Duration.ofSeconds(30);

  @TempDir Path directory;
  private Office office;
  private Lives lives;
  private Map<String, Map<String, Object>> before;

  /** What is asked for, and how many numbers ring on mobiles then. */
  private enum Wish {
    DIVERT("DIVERT ALL", LINES),
    RETURN("RETURN ALL", 0);

    private final String words;
    private final int diverted;

    Wish(String words, int diverted) {
      this.words = words;
      this.diverted = diverted;
    }
  }

  @BeforeEach
  void open() {
    office = new Office(directory).withLines(LINES);
    new OfficeFiles(office).write();
    office
        .carrier()
        .knobs(office.carrier().knobs().withLatency(Duration.ofMillis(50)).withHang(LANDS_AFTER));
    before = office.records();
    lives = new Lives(directory);
  }

  @AfterEach
  void close() {
    lives.close();
    office.close();
  }

  @Test
  void aHundredNumbersThereAndBack() {
    killedAtChange(1, Wish.DIVERT);
    killedAtChange(10, Wish.RETURN);
    killedAtChange(50, Wish.DIVERT);
    killedAtChange(90, Wish.RETURN);
    killedAtChange(100, Wish.DIVERT);
    killedAfterTheIntent(Wish.RETURN);
  }

  /** Dies as that change arrives, 1 the first; those that arrived just before it land late. */
  private void killedAtChange(int place, Wish wish) {
    int late = Math.min(LATE, place - 1);
    int landed = landed();
    Child victim = lives.now();
    AtomicInteger arrived = new AtomicInteger();
    SimulatedCarrier carrier = office.carrier();
    carrier.goWell();
    // one after the other, for each request: counts it, and then looks at the count
    carrier.goWrong(Fault.CUT, 1, request -> isChange(request) && arrived.incrementAndGet() < 0);
    carrier.goWrong(
        Fault.TIMEOUT_LATE,
        LATE,
        request -> isChange(request) && arrived.get() >= place - late && arrived.get() < place);
    carrier.goWrong(
        Fault.CUT,
        1,
        request -> {
          boolean now = isChange(request) && arrived.get() == place;
          if (now) {
            victim.kill();
          }
          return now;
        });
    victim.say(wish.words);
    lives.awaitDeath("at change " + place + " of " + wish.words);

    lives.startAnew();
    asWanted(wish);
    await().atMost(LANDS_AFTER.multipliedBy(2)).until(() -> landed() == landed + late);
    asWanted(wish);
  }

  private void killedAfterTheIntent(Wish wish) {
    // the first append is what was asked for, the second the plan
    lives.now().doom("after DECIDING 2");
    lives.now().say(wish.words);
    lives.awaitDeath("after the intent of " + wish.words);
    assertThat(lives.now().committed()).last().isEqualTo("DiversionEnded");

    lives.startAnew();
    asWanted(wish);
  }

  private void asWanted(Wish wish) {
    lives.settles(wish.diverted);
    await()
        .atMost(MENDED)
        .untilAsserted(
            () -> {
              if (wish == Wish.DIVERT) {
                assertThat(office.lines()).allMatch(office::diverted);
              } else {
                assertThat(office.records()).isEqualTo(before);
              }
            });
  }

  private int landed() {
    return (int)
        office.carrier().exchanges().stream()
            .filter(e -> e.fault().equals(Optional.of(Fault.TIMEOUT_LATE)))
            .count();
  }

  private static boolean isChange(Request request) {
    return request.method().equals("POST") && !request.path().contains("/Messages");
  }
}
