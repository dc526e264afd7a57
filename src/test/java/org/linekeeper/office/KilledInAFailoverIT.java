package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.CallRecord;

/**
 * The primary dies, and Linekeeper with it: before and after each append of the failover, each word
 * to the standby's gate and the change at the carrier. The next Linekeeper always ends with the
 * standby serving, by one epoch more, and failback puts the carrier as it was.
 */
@Timeout(300)
class KilledInAFailoverIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** On a busy machine two outcomes can share an entry, and then there is one append less. */
  private static final int ATTEMPTS = 3;

  private static final String CALLER = "+447700900599";

  @TempDir Path directory;
  private Office office;
  private AmiTap tap;
  private Reaper reaper;
  private Child linekeeper;
  private Child next;

  /** What Linekeeper dies over. */
  private enum Over {
    VERDICT,
    DECIDING,
    GATE,
    CHANGE
  }

  private record Point(boolean early, Over over, int place) {
    @Override
    public String toString() {
      return (early ? "before " : "after ") + over + " " + place;
    }
  }

  @BeforeEach
  void open() throws IOException {
    office = new Office(directory).withLines(1);
    office.carrier().knobs(office.carrier().knobs().withHunting(false));
    tap = new AmiTap(office.standby().amiAddress());
    OfficeFiles files = new OfficeFiles(office);
    files.write();
    office.write("linekeeper.yml", files.linekeeper(office.primary().amiAddress(), tap.address()));
    reaper = new Reaper(office.carrier());
    next = new Child(directory);
  }

  @AfterEach
  void close() throws IOException {
    if (linekeeper != null) {
      linekeeper.close();
    }
    next.close();
    tap.close();
    office.close();
  }

  @Test
  void duringAFailover() throws IOException {
    startAnew();
    linekeeper.healthy();
    List<Point> points = uninterrupted();
    assertThat(points)
        .contains(new Point(true, Over.DECIDING, 1), new Point(false, Over.CHANGE, 1))
        .contains(new Point(true, Over.GATE, 2), new Point(false, Over.VERDICT, 1))
        .hasSizeGreaterThanOrEqualTo(2 * (1 + 2 + 2 + 1));
    for (Point point : points) {
      boolean covered = false;
      for (int attempt = 0; attempt < ATTEMPTS && !covered; attempt++) {
        covered = killedAt(point);
      }
      assertThat(covered).as("killed " + point).isTrue();
    }
    System.out.println("killed at " + points.size() + " places of a failover");
  }

  private List<Point> uninterrupted() throws IOException {
    AtomicInteger words = new AtomicInteger();
    int epoch = seen().epoch();
    int already = linekeeper.committed().size();
    reaper.watch(linekeeper, 1);
    tap.show(action -> {}, action -> words.addAndGet(aboutGate(action, epoch + 1) ? 1 : 0));
    office.primary().kill();
    standbyServes(epoch + 1);
    int appends = linekeeper.committed().size() - already;
    int changes = reaper.made();
    failBack();
    List<Point> points = new ArrayList<>();
    add(points, Over.VERDICT, 1);
    add(points, Over.DECIDING, appends);
    add(points, Over.GATE, words.get());
    add(points, Over.CHANGE, changes);
    return points;
  }

  private static void add(List<Point> points, Over over, int places) {
    for (int place = 1; place <= places; place++) {
      points.add(new Point(true, over, place));
      points.add(new Point(false, over, place));
    }
  }

  /** Whether it died there, and the next one carried on; false if this failover passed no such. */
  private boolean killedAt(Point point) throws IOException {
    int epoch = seen().epoch();
    reaper.watch(linekeeper, 1);
    tap.show(action -> {}, action -> {});
    switch (point.over()) {
      case VERDICT, DECIDING ->
          linekeeper.doom(
              (point.early() ? "before " : "after ") + point.over() + " " + point.place());
      case GATE -> killAtGate(point, epoch + 1);
      case CHANGE -> reaper.kill(point.early(), point.place());
    }
    office.primary().kill();
    until("killed " + point, () -> !linekeeper.alive() || failedOver());
    boolean killed = linekeeper.dies();
    if (killed) {
      startAnew();
    }
    standbyServes(epoch + 1);
    failBack();
    return killed;
  }

  private void killAtGate(Point point, int epoch) {
    AtomicInteger passed = new AtomicInteger();
    Child victim = linekeeper;
    tap.show(
        action -> {
          if (point.early()
              && aboutGate(action, epoch)
              && passed.incrementAndGet() == point.place()) {
            victim.kill();
          }
        },
        action -> {
          if (!point.early()
              && aboutGate(action, epoch)
              && passed.incrementAndGet() == point.place()) {
            victim.kill();
          }
        });
  }

  /** Whether it opens the standby's gate or tells it that epoch. */
  private static boolean aboutGate(String action, int epoch) {
    String words = action.toLowerCase(Locale.ROOT);
    return words.contains("action: setvar\r")
        && (words.contains("variable: lk_closed_until\r") && words.contains("value: 0\r")
            || words.contains("variable: lk_epoch\r") && words.contains("value: " + epoch + "\r"));
  }

  private void standbyServes(int epoch) {
    until("the standby serves", this::failedOver);
    assertThat(seen().epoch()).as("one failover, one epoch").isEqualTo(epoch);
    assertThat(priority("standby")).isLessThan(priority("primary"));
    assertThat(office.standby().gateClosed()).isFalse();
    assertThat(office.standby().global("LK_EPOCH")).isEqualTo(Integer.toString(epoch));
    assertThat(answers()).startsWith("Asterisk").contains("standby");
  }

  private boolean failedOver() {
    return linekeeper
        .state()
        .filter(s -> s.active().equals("standby") && s.openPlans() == 0)
        .filter(s -> s.rows().equals("1/1"))
        .isPresent();
  }

  private void failBack() throws IOException {
    office.primary().start();
    linekeeper.healthy();
    assertThat(linekeeper.say("FAILBACK")).isTrue();
    until(
        "failback",
        () ->
            linekeeper
                .state()
                .filter(s -> s.active().equals("primary") && s.openPlans() == 0)
                .filter(s -> s.rows().equals("0/0"))
                .isPresent());
    assertThat(Map.of("primary", priority("primary"), "standby", priority("standby")))
        .isEqualTo(Map.of("primary", 10, "standby", 20));
    assertThat(answers()).contains("primary");
  }

  private String answers() {
    CallRecord call = office.carrier().caller().call(CALLER, office.lines().get(0));
    return call.who();
  }

  private int priority(String pbx) {
    return office.priority(pbx);
  }

  private Child.Seen seen() {
    return linekeeper.state().orElseThrow();
  }

  private void startAnew() {
    if (linekeeper != null) {
      linekeeper.kill();
    }
    linekeeper = next;
    next = new Child(directory);
    reaper.watch(linekeeper, 1);
    tap.show(action -> {}, action -> {});
    linekeeper.start();
  }

  private static void until(String what, BooleanSupplier holds) {
    await().alias(what).atMost(SOON).pollInterval(Duration.ofMillis(10)).until(holds::getAsBoolean);
  }
}
