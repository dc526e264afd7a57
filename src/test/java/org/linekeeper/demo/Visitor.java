package org.linekeeper.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.linekeeper.web.Chromium;

/** A demo that was just opened, and somebody before it with a browser. */
final class Visitor implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int PATIENCE_MS = 30_000;
  private static final int FIRST_PORT = 18_080;

  private final List<String> complaints = new ArrayList<>();
  private final Demo demo;
  private final BrowserContext context;
  private final Page page;

  Visitor(Chromium chromium, Demo demo) {
    this.demo = demo;
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

  Demo demo() {
    return demo;
  }

  Page page() {
    return page;
  }

  /** In another window. */
  Page another(String address) {
    Page other = context.newPage();
    other.navigate(address);
    return other;
  }

  /** What the browser had to say about the page. */
  List<String> complaints() {
    return complaints;
  }

  void headline(String words) {
    page.locator("#headline h1", containing(words)).waitFor();
  }

  void lastCallAnsweredBy(String who) {
    page.locator("#demo-calls li", containing(who)).first().waitFor();
  }

  void seen(String hint) {
    page.locator("#demo-guide li.done", containing(hint)).waitFor();
  }

  void click(String button) {
    page.locator(button).click();
  }

  static Page.LocatorOptions containing(String words) {
    return new Page.LocatorOptions().setHasText(words);
  }

  /** On a phone and on a desk, by day and by night. */
  void pictures(String name) {
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

  /** Not one of those that the system gives to the next connection. */
  static int freePort() throws Exception {
    for (int port = FIRST_PORT; ; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // the next one
      }
    }
  }

  @Override
  public void close() {
    context.close();
    demo.close();
  }
}
