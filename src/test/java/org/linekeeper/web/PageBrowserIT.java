package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.command.Held;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.Decision;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.verdict.Verdict;

/** The page in a real browser: Debian's Chromium. */
@Tag("lab")
class PageBrowserIT {
  private static final Path PICTURES = Path.of("target", "pictures");

  private static Chromium chromium;

  private final Scene scene = Scene.calm();
  private final List<String> complaints = new ArrayList<>();
  private WebServer server;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void open() {
    chromium = Chromium.launch();
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void visit() {
    server = WebServer.start(scene.backend());
    visit(1280, 900, ColorScheme.LIGHT);
  }

  @AfterEach
  void leave() {
    context.close();
    server.close();
  }

  private void visit(int width, int height, ColorScheme scheme) {
    context =
        chromium.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale("en-GB"));
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(server.address().toString())) {
            complaints.add("asked elsewhere: " + request.url());
          }
        });
    page.navigate(server.address().toString());
    page.locator("#link.on").waitFor();
  }

  private void headlineSays(String words) {
    page.locator("#headline h1")
        .filter(new Locator.FilterOptions().setHasText(words))
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
  }

  @Test
  void aFailoverIsSeenWithoutReloading() {
    headlineSays("All 3 numbers ring at the office, answered by primary");

    scene.failedOver();

    headlineSays("answered by standby");
    page.locator("#journal li:first-child")
        .filter(new Locator.FilterOptions().setHasText("takes over"))
        .waitFor();
    page.locator("#acknowledge").waitFor();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aNumberIsDivertedByKeyboardAlone() {
    page.locator("#divert-n441632960002").focus();
    page.keyboard().press("Enter");
    page.waitForCondition(() -> page.locator("#what").inputValue().equals("+441632960002"));
    page.waitForCondition(() -> "to".equals(page.evaluate("() => document.activeElement.id")));

    page.keyboard().type("a");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    page.locator("#told .toast").waitFor();
    assertThat(scene.desk.asked)
        .containsExactly("local by page: DIVERT +441632960002 TO +447700900101");
    assertThat(page.locator("#told").textContent()).contains("Done.", "rings on your mobile");
    page.keyboard().press("Escape");
    assertThat(page.locator("#told .toast").count()).isZero();
  }

  @Test
  void aDivertLinkFollowedWithoutHtmxLeadsToTheSameField() {
    page.navigate(server.address() + "/?what=%2B441632960002#to");

    page.waitForCondition(() -> "to".equals(page.evaluate("() => document.activeElement.id")));
    assertThat(page.locator("#what").inputValue()).isEqualTo("+441632960002");
  }

  @Test
  void aRefusalIsReadOut() {
    scene.desk.answers(
        CompletableFuture.completedFuture(
            new Told(false, "Nothing was switched: standby is hung.")));
    page.onDialog(dialog -> dialog.accept());

    page.locator("#switch").click();

    page.locator("#told .toast.bad").waitFor();
    assertThat(page.locator("#told").getAttribute("role")).isEqualTo("status");
    assertThat(page.locator("#told").textContent()).contains("Not done.", "standby is hung");
    assertThat(scene.desk.asked).containsExactly("local by page: SWITCH");
  }

  @Test
  void whatIsBeingTypedSurvivesNews() {
    page.locator("#other").fill("07700 900123");
    page.locator("#other").focus();

    scene.salesOnMobiles();

    headlineSays("1 number rings on mobiles");
    assertThat(page.locator("#other").inputValue()).isEqualTo("07700 900123");
    assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("other");
  }

  @Test
  void theKeyboardDoesNotLoseItsPlaceWhenThePartIsRenewed() {
    page.locator("#divert-n441632960001").focus();

    scene.salesOnMobiles();

    page.locator("#return-n441632960002").waitFor();
    page.waitForCondition(
        () -> "divert-n441632960001".equals(page.evaluate("() => document.activeElement.id")));
  }

  @Test
  void thePageSaysWhenItIsNoLongerLive() {
    server.close();

    page.locator("#link:not(.on)").waitFor();
    assertThat(page.locator("#link").textContent()).contains("not live");
  }

  @Test
  void thePageComesBackByItselfAfterARestart() {
    int port = server.port();
    server.close();
    page.locator("#link:not(.on)").waitFor();
    scene.failedOver();

    server =
        WebServer.start(
            scene
                .with(
                    new WebSettings(
                        "127.0.0.1", port, Optional.empty(), List.of(), Optional.empty(), false))
                .backend());

    page.locator("#link.on").waitFor();
    headlineSays("answered by standby");
    scene.salesOnMobiles();
    headlineSays("1 number rings on mobiles");
  }

  @Test
  void everythingFitsOnAPhoneAndIsLabelled() {
    scene.failedOver().salesOnMobiles().drift(Offices.RECEPTION, "somebody else has changed it");
    context.close();
    visit(390, 844, ColorScheme.DARK);

    assertThat(page.evaluate("() => document.documentElement.scrollWidth")).isEqualTo(390);
    assertThat(
            page.evaluate(
                "() => [...document.querySelectorAll('button,a,input:not([type=hidden]),select')]"
                    + ".filter(e => e.checkVisibility() && !(e.innerText || '').trim()"
                    + " && !e.labels?.length && !e.getAttribute('aria-label'))"
                    + ".map(e => e.outerHTML)"))
        .isEqualTo(List.of());
    assertThat(
            page.evaluate(
                "() => [...document.querySelectorAll('main button, main .button')]"
                    + ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)"
                    + ".map(e => e.outerHTML)"))
        .as("too small for a thumb")
        .isEqualTo(List.of());
    assertThat(complaints).isEmpty();
  }

  /** For people to look at; what they should see is in the tests above. */
  @Test
  void picturesAreTaken() {
    picture("calm");
    scene.salesOnMobiles();
    picture("diverted");
    scene.failedOver().drift(Offices.RECEPTION, "somebody else has changed it at the carrier");
    scene.notices.add(
        Notice.waiting(
            "An edit of numbers.yml re-routes 12 numbers and waits for a confirmation.",
            Held.edit("5f3c", "the edit re-routes 12 numbers")));
    picture("failover");
    scene
        .sees(Offices.STANDBY, Verdict.Kind.HOST_UNREACHABLE, "AMI, SIP and host silent for 40 s")
        .decides(
            new Decision(
                Decision.Kind.BEGIN_EMERGENCY,
                Decision.Permission.ASK,
                "no PBX can serve; the carrier has noticed nothing, so somebody must say so",
                Optional.empty()));
    picture("fire");
  }

  private void picture(String name) {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(390, 1280)) {
        context.close();
        visit(width, 900, scheme);
        String file = name + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(PICTURES.resolve(file + ".png")));
      }
    }
  }
}
