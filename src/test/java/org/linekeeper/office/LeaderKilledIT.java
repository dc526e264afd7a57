package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Exchange;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.carrier.Request;
import org.linekeeper.lab.Await;

/**
 * Three Linekeepers, each a process of its own; the one that leads is killed just before or just
 * after the carrier makes its kth change, or a PBX hears a word about its gate. The next leader
 * finishes what was begun. {@code mvn verify -Pwatchers -Dit.test=LeaderKilledIT -Dmoments=all}
 * kills it around each of a hundred changes; otherwise around three.
 */
@Tag("lab")
@Tag("long")
@Timeout(3_600)
class LeaderKilledIT {
  private static final int LINES = 100;
  private static final Duration SOON = Duration.ofSeconds(120);

  @TempDir Path directory;
  private Office office;
  private AmiTap tap;
  private Trio trio;

  /** What it is killed over; none once it was. */
  private final AtomicReference<Moment> next = new AtomicReference<>();

  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicReference<OneOfThree> killed = new AtomicReference<>();

  private enum Act {
    CHANGE,
    GATE
  }

  private record Moment(boolean before, Act act, int place) {
    @Override
    public String toString() {
      return (before ? "before " : "after ") + act + " " + place;
    }
  }

  private void open(int lines) throws IOException {
    office = new Office(directory).withLines(lines);
    office.carrier().knobs(office.carrier().knobs().withHunting(false));
    office.carrier().onExchange(this::made);
    tap = new AmiTap(office.standby().amiAddress());
    tap.show(action -> gate(action, true), action -> gate(action, false));
    OfficeFiles files = new OfficeFiles(office);
    files.write();
    office.write(
        "linekeeper.yml",
        files
            .linekeeper(office.primary().amiAddress(), tap.address())
            .replace("most-at-once: 90", "most-at-once: 1")); // one change after the other
    office.write(
        "staff.yml",
        files
            .staff()
            .replace("mobile: \"+447700900102\"", "mobile: \"+447700900102\", alerts: yes"));
    trio = Trio.start(office);
  }

  @AfterEach
  void close() throws IOException {
    if (trio != null) {
      trio.close();
    }
    tap.close();
    office.close();
  }

  @Test
  void aDivertOfAHundredNumbersIsFinishedByTheNext() throws IOException {
    open(LINES);
    Map<String, Map<String, Object>> found = office.records();
    List<Moment> moments = moments();
    for (Moment moment : moments) {
      kill(moment);
      trio.follower().say("DIVERT ALL"); // whoever dies over it answers nothing
      OneOfThree victim = victim(moment);
      until(
          "all are diverted, killed " + moment,
          () -> office.lines().stream().allMatch(office::diverted));
      victim.start();
      trio.awaitTogether();
      until("RETURN ALL", () -> trio.follower().say("RETURN ALL"));
      until("all are as they were found", () -> office.records().equals(found));
      trio.awaitSameJournal();
    }
    System.out.println("the leader killed at " + moments.size() + " moments of a divert");
  }

  @Test
  void aFailoverIsFinishedByTheNextAndPeopleAreTexted() throws IOException {
    open(1);
    List<Moment> moments =
        List.of(
            new Moment(true, Act.GATE, 1),
            new Moment(false, Act.GATE, 1),
            new Moment(true, Act.CHANGE, 1),
            new Moment(false, Act.CHANGE, 1));
    for (Moment moment : moments) {
      int texts = aboutTheStandby();
      long epoch = epoch();
      kill(moment);
      office.primary().kill();
      OneOfThree victim = victim(moment);
      until("the standby serves, killed " + moment, () -> serves("standby"));
      assertThat(epoch()).as("one failover, one epoch").isEqualTo(epoch + 1);
      assertThat(office.standby().gateClosed()).isFalse();
      until("people are texted, killed " + moment, () -> aboutTheStandby() > texts);
      office.primary().start();
      victim.start();
      trio.awaitTogether();
      until("FAILBACK", () -> trio.follower().say("FAILBACK"));
      until("the primary serves again", () -> serves("primary"));
      trio.awaitSameJournal();
      assertThat(aboutTheStandby() - texts).as("once, or twice").isBetween(1, 2);
    }
    System.out.println("the leader killed at " + moments.size() + " moments of a failover");
  }

  private static List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    boolean all = System.getProperty("moments", "").equals("all");
    for (int place = 1; place <= LINES; place += all ? 1 : LINES / 2 - 1) {
      moments.add(new Moment(true, Act.CHANGE, place));
      moments.add(new Moment(false, Act.CHANGE, place));
    }
    return moments;
  }

  private int aboutTheStandby() {
    return (int)
        office.inbox(Office.BOB).stream()
            .filter(t -> t.contains("Calls now go to standby"))
            .count();
  }

  private boolean serves(String pbx) {
    String other = pbx.equals("primary") ? "standby" : "primary";
    return office.priority(pbx) < office.priority(other)
        && trio.leads()
            .flatMap(OneOfThree::status)
            .filter(s -> s.path("active").asString("").equals(pbx))
            .isPresent();
  }

  private long epoch() {
    return trio.leader().status().orElseThrow().path("epoch").asLong();
  }

  private void kill(Moment moment) {
    passed.set(0);
    killed.set(null);
    next.set(moment);
    if (moment.act() == Act.CHANGE && moment.before()) {
      office.carrier().goWrong(Fault.CUT, 1, request -> isChange(request) && passes(moment));
    }
  }

  private OneOfThree victim(Moment moment) {
    return Await.value("killed " + moment, SOON, () -> Optional.ofNullable(killed.get()));
  }

  /** Whether it is that moment now; then the one that leads is gone. */
  private boolean passes(Moment moment) {
    boolean now = passed.incrementAndGet() == moment.place() && next.compareAndSet(moment, null);
    if (now) {
      OneOfThree leader = trio.leader();
      leader.kill();
      killed.set(leader);
    }
    return now;
  }

  private void made(Exchange exchange) {
    Moment moment = next.get();
    if (moment != null
        && moment.act() == Act.CHANGE
        && !moment.before()
        && isChange(exchange.request())
        && exchange.fault().isEmpty()) {
      passes(moment);
    }
  }

  private void gate(String action, boolean before) {
    Moment moment = next.get();
    String words = action.toLowerCase(Locale.ROOT);
    if (moment != null
        && moment.act() == Act.GATE
        && moment.before() == before
        && words.contains("action: setvar\r")
        && words.contains("variable: lk_closed_until\r")
        && words.contains("value: 0\r")) {
      passes(moment);
    }
  }

  private static boolean isChange(Request request) {
    return request.method().equals("POST") && !request.path().contains("/Messages");
  }

  private static void until(String what, BooleanSupplier holds) {
    Await.until(what, SOON, holds);
  }
}
