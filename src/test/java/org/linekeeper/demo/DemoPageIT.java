package org.linekeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int PATIENCE_MS = 30_000;

  private static Chromium chromium;

  private final List<String> complaints = new ArrayList<>();
  @TempDir Path directory;
  private Demo demo;
  private BrowserContext context;
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
    demo = Demo.open(DemoSettings.shipped(directory.resolve("demo"), freePort()));
    context =
        chromium.newContext(
            new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en-GB"));
    context.setDefaultTimeout(PATIENCE_MS);
    page = context.newPage();
    page.onDialog(Dialog::accept);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(demo.address().toString());
    page.locator("#link.on").waitFor();
  }

  @AfterEach
  void close() {
    if (context != null) {
      context.close();
    }
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void aNewcomerSeesFailoverDivertScheduleAndReturn() {
    headline("All 6 numbers ring at the office, answered by primary");
    lastCallAnsweredBy("primary");
    pictures("1-calm");

    click("#demo-kill-primary");
    headline("answered by standby");
    lastCallAnsweredBy("standby");
    seen("Kill the primary PBX");
    pictures("2-failed-over");

    click("#demo-back-primary");
    page.locator(".pbx", containing("primary")).locator(".chip.ok").waitFor();
    click("#failback");
    headline("answered by primary");
    lastCallAnsweredBy("primary");

    text("DIVERT SALES");
    click("#demo-reply-bob");
    headline("2 numbers ring on mobiles");
    lastCallAnsweredBy("Bob’s mobile");
    pictures("3-diverted-by-text");

    text("RETURN SALES");
    click("#demo-reply-bob");
    headline("All 6 numbers ring at the office");

    click("#demo-clock-next");
    headline("4 numbers ring on mobiles");
    lastCallAnsweredBy("Carol’s mobile");
    pictures("4-evening");
    click("#demo-clock-next");
    headline("All 6 numbers ring at the office");
    seen("Move the clock");

    click("#demo-hang-primary");
    click("#demo-hang-standby");
    headline("No PBX can serve");
    lastCallAnsweredBy("Alice’s mobile");
    pictures("5-no-pbx");
    click("#demo-back-primary");
    click("#demo-back-standby");
    headline("All 6 numbers ring at the office");
    assertThat(complaints).isEmpty();
  }

  @Test
  void aDeskPhoneMovesSalesAndHearsWhetherItDid() {
    page.locator("summary", containing("desk phone")).click();
    page.locator("#demo-pin").fill("1111");
    click("#demo-dial");
    page.locator("#told .toast.bad", containing("three tones")).waitFor();
    page.locator("#demo-pin").fill("4712");
    click("#demo-dial");
    page.locator("#told .toast.ok", containing("two rising beeps")).waitFor();
    headline("2 numbers ring on mobiles");
    assertThat(complaints).isEmpty();
  }

  private void headline(String words) {
    page.locator("#headline h1", containing(words)).waitFor();
  }

  private void lastCallAnsweredBy(String who) {
    page.locator("#demo-calls li", containing(who)).first().waitFor();
  }

  private void seen(String hint) {
    page.locator("#demo-guide li.done", containing(hint)).waitFor();
  }

  private void text(String words) {
    page.locator("#demo-text").fill(words);
    click("#demo-send");
  }

  private void click(String button) {
    page.locator(button).click();
  }

  private static Page.LocatorOptions containing(String words) {
    return new Page.LocatorOptions().setHasText(words);
  }

  /** On a phone and on a desk, by day and by night. */
  private void pictures(String name) {
    for (int width : new int[] {1280, 390}) {
      for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
        page.setViewportSize(width, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String file = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(PICTURES.resolve(file)));
        assertThat(page.evaluate("() => document.documentElement.scrollWidth"))
            .as("nothing sticks out at %d px", width)
            .isEqualTo(width);
      }
    }
    page.setViewportSize(1280, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
