package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.estate.Offices;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;
import tools.jackson.databind.JsonNode;

/** What programs get from the API at an office where Bob has diverted Sales. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
  private final Scene scene =
      Scene.calm()
          .salesOnMobiles()
          .drift(Offices.RECEPTION, "somebody else has changed it")
          .records(
              new Entry.Intended(
                  Scene.NOW,
                  new Plan(
                      "plan-1",
                      new Epoch(0),
                      Plan.Kind.REDIRECT,
                      "Sales goes to mobiles",
                      Scene.NOW,
                      Optional.empty(),
                      Optional.empty(),
                      List.of(step("PN1"), step("PN2")))),
              Entry.Done.of(
                  Scene.NOW,
                  "plan-1",
                  java.util.Map.of(0, Outcome.applied("done in one request"))));
  private WebServer server;
  private Site site;

  private static Step step(String sid) {
    NumberImage image = NumberImage.of(java.util.Map.of("VoiceUrl", ""));
    return new Step.RouteNumber(Offices.SALES, sid, image, image, List.of(Offices.BOB));
  }

  @BeforeAll
  void start() {
    server = WebServer.start(scene.backend());
    site = new Site(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void calm() {
    scene.desk.asked.clear();
    scene.desk.answers(CompletableFuture.completedFuture(new Told(true, "It is done.")));
  }

  @Test
  void statusSaysHowThePhonesAreAndWhoServes() {
    JsonNode status = Site.json(site.get("/api/status"));

    assertThat(status.path("sentence").asString())
        .isEqualTo(
            "The phones work. 1 number rings on mobiles, the other 2 at the office, answered by"
                + " primary.");
    assertThat(status.path("level").asString()).isEqualTo("warn");
    assertThat(status.path("besides").get(0).asString()).contains("Somebody else has changed");
    assertThat(status.path("active").asString()).isEqualTo("primary");
    assertThat(status.path("pbxs").get(0).path("verdict").asString()).isEqualTo("healthy");
    assertThat(status.path("pbxs").get(0).path("since").asString())
        .as("ten minutes before now, by the watcher's own clock")
        .isEqualTo("2026-11-23T09:50:00Z");
    assertThat(status.path("numbers").path("onMobiles").asInt()).isEqualTo(1);
  }

  @Test
  void numbersSayWhereEachRingsAndWhy() {
    JsonNode sales = Site.json(site.get("/api/numbers")).get(1);

    assertThat(sales.path("number").asString()).isEqualTo("+441632960002");
    assertThat(sales.path("phone").asString()).isEqualTo("01632 960002");
    assertThat(sales.path("rings").get(0).asString()).isEqualTo("+447700900102");
    assertThat(sales.path("people").get(0).asString()).isEqualTo("bob");
    assertThat(sales.path("until").asString()).isEqualTo("2026-11-23T17:30:00Z");
    assertThat(sales.path("why").asString()).contains("bob by sms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+441632960002", "01632%20960002", "01632960002", "sales", "Sales"})
  void whyKnowsANumberHoweverItIsWritten(String written) {
    JsonNode why = Site.json(site.get("/api/why/" + written));

    assertThat(why.path("sentence").asString())
        .startsWith("Sales (01632 960002) rings on the mobile of bob until 17:30: bob by sms");
    assertThat(why.path("reasons").get(0).asString()).contains("asked that group sales");
  }

  @Test
  void whyOfSomebodyElsesNumberSaysWhatWasMeant() {
    HttpResponse<String> answer = site.get("/api/why/01632960555");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertProblem(answer);
    assertThat(Site.json(answer).path("detail").asString()).contains("/api/numbers");
  }

  @Test
  void theJournalIsReadBackwardsPageByPage() {
    Scene long_ = Scene.calm();
    IntStream.range(0, 30)
        .forEach(
            i -> long_.records(new Entry.Noted(Scene.NOW, Entry.Noted.Weight.INFO, "note " + i)));
    try (WebServer other = WebServer.start(long_.backend())) {
      Site there = new Site(other);
      JsonNode first = Site.json(there.get("/api/journal?most=10"));
      assertThat(first.path("entries").get(0).path("sentence").asString()).isEqualTo("note 29");
      assertThat(first.path("entries").get(0).path("kind").asString()).isEqualTo("Noted");
      long next = first.path("next").asLong();
      JsonNode second = Site.json(there.get("/api/journal?most=10&before=" + next));
      assertThat(second.path("entries").get(0).path("sentence").asString()).isEqualTo("note 19");
      JsonNode last = Site.json(there.get("/api/journal?most=10&before=3"));
      assertThat(last.path("entries").size()).isEqualTo(2);
      assertThat(last.path("next").isNull()).isTrue();
    }
  }

  @Test
  void aPageOfTheJournalHasALimit() {
    assertThat(site.get("/api/journal?most=1000000").statusCode()).isEqualTo(200);
    assertThat(Site.json(site.get("/api/journal?most=-5")).path("entries").size()).isEqualTo(1);
    assertThat(site.get("/api/journal?most=many").statusCode()).isEqualTo(400);
  }

  @Test
  void thePlanShowsEachStepAndWhatBecameOfIt() {
    JsonNode plan = Site.json(site.get("/api/plan"));

    JsonNode steps = plan.path("open").get(0).path("steps");
    assertThat(steps.get(0).path("outcome").asString()).isEqualTo("applied");
    assertThat(steps.get(1).path("outcome").isNull()).isTrue();
    assertThat(plan.path("drifts").path("+441632960001").asString()).contains("somebody else");
  }

  @Test
  void commandsGoToTheDeskInTheWordsOfAText() {
    HttpResponse<String> answer = site.command("DIVERT SALES FOR 2H");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Site.json(answer).path("accepted").asBoolean()).isTrue();
    assertThat(Site.json(answer).path("text").asString()).isEqualTo("It is done.");
    assertThat(scene.desk.asked).containsExactly("local by cli: DIVERT SALES FOR 2H");
  }

  @Test
  void modeRepairAndAcceptAreCommandsToo() {
    site.command("mode observe");
    site.command("repair 01632 960001");
    site.command("ACCEPT Reception");

    assertThat(scene.desk.asked)
        .containsExactly(
            "local by cli: SetMode[mode=OBSERVE]",
            "local by cli: RepairDrift[number=+441632960001]",
            "local by cli: AcceptDrift[number=+441632960001]");
    assertThat(Site.json(site.command("REPAIR 01632 960555")).path("accepted").asBoolean())
        .isFalse();
  }

  @Test
  void aRefusedCommandSaysWhyNot() {
    scene.desk.answers(
        CompletableFuture.completedFuture(
            new Told(false, "standby is hung. Nothing was changed.")));

    JsonNode answer = Site.json(site.command("SWITCH"));

    assertThat(answer.path("accepted").asBoolean()).isFalse();
    assertThat(answer.path("text").asString()).contains("standby is hung");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "{", "[1,2]", "{\"text\":\"\"}", "{\"txt\":\"STATUS\"}"})
  void whatIsNoCommandIsExplained(String body) {
    HttpResponse<String> answer =
        site.post("/api/commands", "application/json", body, "X-Linekeeper", "test");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertProblem(answer);
    assertThat(scene.desk.asked).isEmpty();
  }

  @Test
  void aCommandOfAMegabyteIsNotRead() {
    assertThat(site.command("X".repeat(2_000)).statusCode()).isEqualTo(400);
    assertThat(site.command("X".repeat(1_000_000)).statusCode()).isEqualTo(413);
    assertThat(
            site.raw(
                "POST /api/commands HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
                    + "X-Linekeeper: x\nTransfer-Encoding: chunked\nConnection: close\n\n0\n\n"))
        .startsWith("HTTP/1.1 411");
    assertThat(scene.desk.asked).isEmpty();
  }

  @Test
  void anAnswerThatTakesTooLongIsSaidToBeUnknown() {
    scene.desk.answers(CompletableFuture.failedFuture(new TimeoutException()));

    HttpResponse<String> answer = site.command("DIVERT ALL");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertProblem(answer);
    assertThat(Site.json(answer).path("phones").asString()).contains("not known");
  }

  @Test
  void aDefectTellsNothingOfItsInsides() {
    scene.desk.answers(CompletableFuture.failedFuture(new IllegalStateException("s3cret inside")));

    HttpResponse<String> answer = site.command("DIVERT ALL");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertProblem(answer);
    assertThat(answer.body()).doesNotContain("s3cret", "IllegalState", "org.linekeeper");
  }

  @Test
  void answersAreJsonWhateverIsPreferred() {
    HttpResponse<String> answer =
        site.get("/api/status", "Accept", "application/xml;q=1.0, */*;q=0.1");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
  }

  @Test
  void anUnknownAddressListsTheKnownOnes() {
    HttpResponse<String> answer = site.get("/api/nothing");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertProblem(answer);
    assertThat(Site.json(answer).path("detail").asString()).contains("/api/status");
  }

  @Test
  void whenTheLoopHasStoppedTheStatusSaysSo() {
    try (WebServer stuck = WebServer.start(Scene.calm().stuck().backend())) {
      JsonNode status = Site.json(new Site(stuck).get("/api/status"));
      assertThat(status.path("level").asString()).isEqualTo("bad");
      assertThat(status.path("sentence").asString()).contains("has not looked at the phones since");
      assertThat(Instant.parse(status.path("at").asString())).isBefore(Scene.NOW);
    }
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Site.json(answer);
    assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(problem.path("phones").asString()).isNotBlank();
  }
}
