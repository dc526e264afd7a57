package org.linekeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.office.DemoSettings;
import org.linekeeper.web.Chromium;

/** A newcomer cuts links between three real watchers, on the page of the real demo. */
@Tag("lab")
class ThreeWatchersPageIT {
  private static final List<String> WATCHERS = List.of("watcher-1", "watcher-2", "witness");

  private static Chromium chromium;

  @TempDir Path directory;
  private Visitor visitor;
  private Page page;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void quit() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    DemoSettings one = DemoSettings.shipped(directory.resolve("demo"), Visitor.freePort());
    visitor = new Visitor(chromium, Demo.open(one.three()));
    page = visitor.page();
  }

  @AfterEach
  void close() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @Test
  void theOthersGoOnWithoutTheLeaderAndWithoutThePrimaryAndAreThreeAgain() {
    visitor.headline("All 6 numbers ring at the office, answered by primary");
    allSay("primary serves");
    visitor.lastCallAnsweredBy("primary");
    visitor.pictures("three-1-calm");

    String leader = leader();
    List<String> others = othersThan(leader);
    others.forEach(other -> cut(leader, other));
    others.forEach(other -> link(".cut", leader, other).waitFor());
    says(leader, "has no majority, and begins nothing");
    leads(others);
    visitor.seen("Cut two of the three links");
    pageOf(leader, "cannot agree which of them leads");
    visitor.pictures("three-2-leader-cut-off");

    visitor.click("#demo-kill-primary");
    visitor.headline("answered by standby");
    visitor.lastCallAnsweredBy("standby");
    others.forEach(other -> says(other, "standby serves"));
    says(leader, "primary serves");
    visitor.pictures("three-3-failed-over");

    visitor.click("#demo-mend-all");
    visitor.click("#demo-back-primary");
    allSay("standby serves");
    assertThat(page.locator(".wire.cut").count()).isZero();

    String killed = leader();
    visitor.click("#demo-kill-" + killed);
    says(killed, "is dead");
    leads(othersThan(killed));
    visitor.pictures("three-4-one-killed");
    visitor.click("#demo-start-" + killed);
    allSay("standby serves");
    assertThat(visitor.complaints()).isEmpty();
  }

  /** It would move no number and no trunk, fetch no text and send none. */
  @Test
  void theLeaderThatDoesNotReachTheCarrierLetsAnotherOneLead() {
    visitor.headline("All 6 numbers ring at the office, answered by primary");
    allSay("primary serves");
    String leader = leader();
    cut(leader, "carrier");
    link(".cut", leader, "carrier").waitFor();
    Locator another = leading(othersThan(leader));
    another.waitFor(new Locator.WaitForOptions().setTimeout(90_000));
    visitor.pictures("three-5-without-the-carrier");

    visitor.click("#demo-mend-all");
    allSay("primary serves");
    assertThat(visitor.complaints()).isEmpty();
  }

  /** With the keyboard, and without waiting for anything. */
  private void cut(String one, String other) {
    link(":not(.cut)", one, other).focus();
    page.keyboard().press("Enter");
  }

  private Locator link(String state, String one, String other) {
    return page.locator(".wire" + state + "[value~='" + one + "'][value~='" + other + "']");
  }

  private Locator watcher(String name) {
    return page.locator("#demo-" + name);
  }

  private void says(String name, String words) {
    watcher(name).locator(".says", new Locator.LocatorOptions().setHasText(words)).waitFor();
  }

  private void allSay(String words) {
    for (String name : WATCHERS) {
      page.locator("#demo-" + name + ".ok").waitFor();
      says(name, words);
    }
  }

  private void leads(List<String> of) {
    leading(of).waitFor();
  }

  private Locator leading(List<String> of) {
    return page.locator(
            of.stream()
                .map(name -> "#demo-" + name + " strong:text-is('leads')")
                .collect(Collectors.joining(",")))
        .first();
  }

  private String leader() {
    leads(WATCHERS);
    return WATCHERS.stream()
        .filter(name -> watcher(name).locator("strong:text-is('leads')").count() == 1)
        .findFirst()
        .orElseGet(this::leader); // it was just being handed over
  }

  private static List<String> othersThan(String watcher) {
    return WATCHERS.stream().filter(name -> !name.equals(watcher)).toList();
  }

  /** Its own page, which is another one. */
  private void pageOf(String name, String words) {
    Page own = visitor.another(watcher(name).locator("a").getAttribute("href"));
    own.locator("body", Visitor.containing(words)).waitFor();
    own.close();
  }
}
