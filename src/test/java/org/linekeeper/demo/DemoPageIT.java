package org.linekeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.office.DemoSettings;
import org.linekeeper.web.Chromium;

/** A newcomer's first minutes, in Debian's Chromium on the real page of the real demo. */
@Tag("lab")
class DemoPageIT {
  private static Chromium chromium;

  @TempDir Path directory;
  private Visitor visitor;

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
    visitor =
        new Visitor(
            chromium,
            Demo.open(DemoSettings.shipped(directory.resolve("demo"), Visitor.freePort())));
  }

  @AfterEach
  void close() {
    if (visitor != null) {
      visitor.close();
    }
  }

  @Test
  void aNewcomerSeesFailoverDivertScheduleAndReturn() {
    headline("All 6 numbers ring at the office, answered by primary");
    lastCallAnsweredBy("primary");
    visitor.pictures("1-calm");

    click("#demo-kill-primary");
    headline("answered by standby");
    lastCallAnsweredBy("standby");
    visitor.seen("Kill the primary PBX");
    visitor.pictures("2-failed-over");

    click("#demo-back-primary");
    visitor.page().locator(".pbx", Visitor.containing("primary")).locator(".chip.ok").waitFor();
    click("#failback");
    headline("answered by primary");
    lastCallAnsweredBy("primary");

    text("DIVERT SALES");
    click("#demo-reply-bob");
    headline("2 numbers ring on mobiles");
    lastCallAnsweredBy("Bob’s mobile");
    visitor.pictures("3-diverted-by-text");

    text("RETURN SALES");
    click("#demo-reply-bob");
    headline("All 6 numbers ring at the office");

    click("#demo-clock-next");
    headline("4 numbers ring on mobiles");
    lastCallAnsweredBy("Carol’s mobile");
    visitor.pictures("4-evening");
    click("#demo-clock-next");
    headline("All 6 numbers ring at the office");
    visitor.seen("Move the clock");

    click("#demo-hang-primary");
    click("#demo-hang-standby");
    headline("No PBX can serve");
    lastCallAnsweredBy("Alice’s mobile");
    visitor.pictures("5-no-pbx");
    click("#demo-back-primary");
    click("#demo-back-standby");
    headline("All 6 numbers ring at the office");
    assertThat(visitor.complaints()).isEmpty();
  }

  @Test
  void aDeskPhoneMovesSalesAndHearsWhetherItDid() {
    visitor.page().locator("summary", Visitor.containing("desk phone")).click();
    visitor.page().locator("#demo-pin").fill("1111");
    click("#demo-dial");
    visitor.page().locator("#told .toast.bad", Visitor.containing("three tones")).waitFor();
    visitor.page().locator("#demo-pin").fill("4712");
    click("#demo-dial");
    visitor.page().locator("#told .toast.ok", Visitor.containing("two rising beeps")).waitFor();
    headline("2 numbers ring on mobiles");
    assertThat(visitor.complaints()).isEmpty();
  }

  private void text(String words) {
    visitor.page().locator("#demo-text").fill(words);
    click("#demo-send");
  }

  private void headline(String words) {
    visitor.headline(words);
  }

  private void lastCallAnsweredBy(String who) {
    visitor.lastCallAnsweredBy(who);
  }

  private void click(String button) {
    visitor.click(button);
  }
}
