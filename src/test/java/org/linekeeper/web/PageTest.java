package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.linekeeper.command.Held;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.Decision;
import org.linekeeper.state.Entry;
import org.linekeeper.verdict.Verdict;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page as it is sent, before any browser makes something of it. */
class PageTest {
  private static final String EVIL = "\"><script>alert(1)</script>'${7*7}[[${7*7}]]";

  @Test
  void whateverPeopleWriteIsOnlyText() {
    Scene scene = Scene.of(Scene.named("Office " + EVIL, "Sales " + EVIL));
    scene
        .sees(Offices.STANDBY, Verdict.Kind.HUNG, "said " + EVIL)
        .drift(Offices.RECEPTION, "drift " + EVIL)
        .troubled("trouble " + EVIL)
        .decides(Scene.rest("reason " + EVIL))
        .records(
            new Entry.MessageHandled(Scene.NOW, "SM1", EVIL, "summary " + EVIL),
            new Entry.Noted(Scene.NOW, Entry.Noted.Weight.ALARM, EVIL));
    scene.notices.add(Notice.waiting("notice " + EVIL, Held.edit(EVIL, EVIL)));
    scene.desk.answers(CompletableFuture.completedFuture(new Told(false, "told " + EVIL)));
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      Site.Token token = site.token();
      List<String> pages =
          List.of(
              site.get("/").body(),
              site.get(
                      "/?what="
                          + java.net.URLEncoder.encode(
                              EVIL, java.nio.charset.StandardCharsets.UTF_8))
                  .body(),
              site.get("/journal").body(),
              site.get("/parts/numbers").body(),
              site.form(
                      "/say",
                      Map.of("text", EVIL, "_csrf", token.field()),
                      "Cookie",
                      token.cookie(),
                      "HX-Request",
                      "true")
                  .body());
      assertThat(pages)
          .allSatisfy(
              page ->
                  assertThat(page).doesNotContain("<script>alert", "'49", "[[49", "\"><script"));
      assertThat(pages.get(0)).contains("&lt;script&gt;alert(1)");
    }
  }

  @Test
  void theDivertFormBecomesTheWordsOfAText() {
    Scene scene = Scene.calm();
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      Site.Token token = site.token();
      Map<String, String> chosen =
          Map.of(
              "what",
              "GROUP sales",
              "to",
              "+447700900101",
              "other",
              "",
              "ends",
              "FOR 2H",
              "_csrf",
              token.field());
      Map<String, String> written =
          Map.of(
              "what",
              "ALL",
              "to",
              "",
              "other",
              "07700 900123 and bob",
              "ends",
              "",
              "_csrf",
              token.field());

      site.form("/divert", chosen, "Cookie", token.cookie());
      site.form("/divert", written, "Cookie", token.cookie());

      assertThat(scene.desk.asked)
          .containsExactly(
              "local by page: DIVERT GROUP sales TO +447700900101 FOR 2H",
              "local by page: DIVERT ALL TO 07700 900123 and bob");
    }
  }

  @Test
  void eachConfirmButtonConfirmsWhatItStandsBeside() {
    Scene scene =
        Scene.calm()
            .decides(
                new Decision(
                    Decision.Kind.BEGIN_EMERGENCY,
                    Decision.Permission.ASK,
                    "no PBX can serve",
                    Optional.empty()));
    scene.notices.add(
        Notice.waiting("An edit waits.", Held.edit("5f3c99", "the edit re-routes 12 numbers")));
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      assertThat(site.get("/parts/decision").body())
          .contains("value=\"CONFIRM MOBILES\"")
          .doesNotContain("CONFIRM EDIT");
      assertThat(site.get("/parts/attention").body())
          .contains("value=\"CONFIRM EDIT 5F3C\"")
          .doesNotContain("CONFIRM MOBILES");
      assertThat(Site.json(site.get("/api/plan")).path("waiting").path("confirm").asString())
          .isEqualTo("CONFIRM MOBILES");
    }
  }

  @Test
  void numbersAndTimesAreAsTheOfficeSaysThem() {
    Scene scene = Scene.calm().salesOnMobiles();
    try (WebServer server = WebServer.start(scene.backend())) {
      String page = new Site(server).get("/").body();

      assertThat(page).contains("01632 960002", "17:30");
      assertThat(visible(page)).doesNotContain("+441632960002", "2026-11-23T17:30");
    }
  }

  private static String visible(String page) {
    return page.replaceAll("<[^>]*>", " ");
  }

  @Test
  void aDefectShowsAPageToGoOnFromAndKeepsItsInsidesToItself() {
    Scene scene = Scene.calm();
    scene.desk.answers(CompletableFuture.failedFuture(new IllegalStateException("s3cret inside")));
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      Site.Token token = site.token();
      HttpResponse<String> answer =
          site.form("/say", Map.of("text", "X", "_csrf", token.field()), "Cookie", token.cookie());
      assertThat(answer.body()).contains("defect", "journal").doesNotContain("s3cret");

      HttpResponse<String> missing = site.get("/nowhere", "Accept", "text/html");
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(missing.body()).contains("There is no such page", "Back to the phones");
    }
  }

  @Test
  void aTextThatOnlyLooksLikeATimeTakesNothingFromThePage() {
    Scene scene =
        Scene.calm()
            .troubled("PBX said 2026-99-99T99:99Z")
            .records(
                new Entry.MessageHandled(
                    Scene.NOW, "SM1", "+447700900101", "CONFIRM 2026-13-45T10:00Z: refused"));
    try (WebServer server = WebServer.start(scene.backend())) {
      Site site = new Site(server);
      for (String path : List.of("/", "/parts/journal", "/parts/attention", "/journal")) {
        assertThat(site.get(path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(site.get("/").body()).contains("2026-13-45T10:00Z", "2026-99-99T99:99Z");
    }
  }

  @Test
  void aPartOfThePageWithADefectLeavesTheOthers() {
    Backend broken =
        Scene.calm()
            .backend()
            .withNotices(
                () -> {
                  throw new IllegalStateException("s3cret inside");
                });
    try (WebServer server = WebServer.start(broken)) {
      Site site = new Site(server);
      HttpResponse<String> page = site.get("/");
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body())
          .contains("cannot show what needs attention", "The phones work.", "01632 960002")
          .doesNotContain("s3cret");
      assertThat(site.get("/parts/numbers").body()).contains("01632 960002");
    }
  }

  @Test
  void somebodyElseMayBringAPartOfThePageAndItsController() {
    Backend backend =
        Scene.calm()
            .backend()
            .withPanels(
                List.of(
                    new Panel(
                        "Play with it", false, "test-panel", "buttons", () -> "pull <the> plug")));
    try (WebServer server = WebServer.start(backend, new Extra())) {
      Site site = new Site(server);
      assertThat(site.get("/").body()).contains("Play with it", "pull &lt;the&gt; plug");
      assertThat(site.get("/demo/said").body()).isEqualTo("from the demo");
    }
  }

  @Controller
  static final class Extra {
    @GetMapping("/demo/said")
    @ResponseBody
    String said() {
      return "from the demo";
    }
  }
}
