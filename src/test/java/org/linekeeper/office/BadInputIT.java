package org.linekeeper.office;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.demo.carrier.Fault;

/**
 * What forgers, strangers, thieves and broken programs send to a whole running Linekeeper. Which
 * test covers which row of the design's table stands in docs/BAD-INPUT.md.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadInputIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int LINES = 2;
  private static final String STRANGER = "+447700900666";

  private OpenOffice open;
  private Office office;

  @BeforeAll
  void start(@TempDir Path directory) {
    open = new OpenOffice(directory, LINES);
    office = open.office();
    office.carrier().provisioning().mobile(STRANGER);
  }

  @AfterAll
  void stop() {
    open.close();
  }

  /** Whatever was sent: nothing moved, it still answers, and the next test is not rate-limited. */
  @BeforeEach
  void mark() {
    open.mark();
  }

  @AfterEach
  void nothingHappened() {
    assertThat(open.linekeeper().say("RETURN ALL").accepted()).isIn(true, false);
    open.linekeeper().settles(0);
    assertThat(open.get("/api/status").statusCode()).isEqualTo(200);
    open.later(Duration.ofMinutes(11));
  }

  @Test
  void aForgedTextIsTurnedAway() {
    Map<String, String> form = open.form(Office.ALICE, "DIVERT ALL");
    String right = open.signature(form, office.account().authToken());
    Map<String, String> changed = new HashMap<>(form);
    changed.put("Body", "DIVERT ALL TO 07700 900666");
    List<HttpResponse<String>> answers =
        List.of(
            open.webhook(form, "forged"),
            open.webhook(form, ""),
            open.webhook(form, open.signature(form, "another token")),
            open.webhook(changed, right));
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(403);
    assertThat(answers).extracting(HttpResponse::body).containsOnly("");
    assertThat(open.recorded("DIVERT ALL: a code was sent back")).isZero();
  }

  @Test
  void aTextForAnotherAccountIsTurnedAwayAlthoughItIsSigned() {
    Map<String, String> form = open.form(Office.ALICE, "DIVERT ALL");
    form.put("AccountSid", "AC00000000000000000000000000000000");
    assertThat(open.webhook(form, sign(form)).statusCode()).isEqualTo(403);
  }

  @Test
  void aStrangerGetsSilenceAndIsRecorded() {
    open.text(STRANGER, "DIVERT ALL TO 07700 900666");
    await()
        .atMost(SOON)
        .until(
            () -> open.recorded("text from " + STRANGER + ": not from anybody on the staff") == 1);
    assertThat(office.inbox(STRANGER)).isEmpty();
    assertThat(open.linekeeper().state().challenges()).isEmpty();
  }

  @Test
  void theSameTextByWebhookAndByPollingAndAgainIsObeyedOnce() throws Exception {
    int before = office.inbox(Office.ALICE).size();
    String sid = askAndWait(Office.ALICE, "DIVERT ALL");
    for (int i = 0; i < 10; i++) {
      office.carrier().redeliver(sid);
    }
    String confirmation = open.text(Office.ALICE, open.code(Office.ALICE));
    for (int i = 0; i < 10; i++) {
      office.carrier().redeliver(confirmation);
    }
    open.linekeeper().settles(LINES);
    // Polling comes by every second and lists both again.
    long looks = polls();
    await().atMost(SOON).until(() -> polls() >= looks + 2);
    assertThat(open.linekeeper().state().diversions()).hasSize(1);
    assertThat(open.recorded("DIVERT ALL: a code was sent back")).isEqualTo(1);
    assertThat(open.recorded("diverted all numbers")).isEqualTo(1);
    List<String> answers =
        office.inbox(Office.ALICE).subList(before, office.inbox(Office.ALICE).size());
    assertThat(answers).filteredOn(t -> t.startsWith("Reply ")).hasSize(1);
    assertThat(answers).filteredOn(t -> t.startsWith("Moving ")).hasSize(1);
  }

  @Test
  void threeWrongCodesEndTheQuestionAndTheRightOneComesTooLate() {
    askAndWait(Office.ALICE, "DIVERT ALL");
    String code = open.code(Office.ALICE);
    String wrong = code.equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 3; i++) {
      int before = office.inbox(Office.ALICE).size();
      open.text(Office.ALICE, wrong);
      await().atMost(SOON).until(() -> office.inbox(Office.ALICE).size() > before);
    }
    assertThat(open.linekeeper().state().challenges()).isEmpty();
    refused(Office.ALICE, code);
  }

  @Test
  void aCodeThatComesAfterTenMinutesIsRefused() {
    askAndWait(Office.ALICE, "DIVERT ALL");
    String code = open.code(Office.ALICE);
    open.later(Duration.ofMinutes(10).plusSeconds(1));
    refused(Office.ALICE, code);
  }

  @Test
  void aCodeIsWorthNothingFromAnotherMobile() {
    askAndWait(Office.ALICE, "DIVERT ALL");
    refused(Office.BOB, open.code(Office.ALICE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"YES", "HELP", "INFO", "START"})
  void theCarriersOwnWordsConfirmNothing(String word) {
    askAndWait(Office.ALICE, "DIVERT ALL");
    open.text(Office.ALICE, word);
    await().atMost(SOON).until(() -> open.recorded(word + ", which the carrier answers") == 1);
    assertThat(open.linekeeper().state().diversions()).isEmpty();
  }

  @Test
  void whoTextsStopIsAnsweredByTheCarrierAloneAndThatIsTold() {
    open.text(Office.BOB, "STOP");
    await().atMost(SOON).until(() -> open.recorded("Bob texted STOP") == 1);
    open.text(Office.BOB, "START");
    await().atMost(SOON).until(() -> open.recorded("START, which the carrier answers") >= 1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "0909 879 0123, premium",
    "070 1234 5678, personal",
    "+33 6 12 34 56 78, abroad",
    "999, not a complete",
    "112, not a complete",
    "+44 112 123 4567, emergency",
    "01632 960002, own numbers",
    "01632 960999, own numbers",
    "01632 960555, not the mobile of anybody",
  })
  void aForbiddenTargetIsRefusedByText(String target, String why) {
    int before = office.inbox(Office.ALICE).size();
    open.text(Office.ALICE, "DIVERT 01632 960001 TO " + target);
    await().atMost(SOON).until(() -> office.inbox(Office.ALICE).size() > before);
    assertThat(last(Office.ALICE)).containsIgnoringCase(why).doesNotContain("Reply ");
    assertThat(open.linekeeper().state().challenges()).isEmpty();
  }

  @Test
  void forbiddenTargetsInTheFilesAreAllTold() {
    List<String> targets =
        List.of(
            "0909 879 0123",
            "070 1234 5678",
            "+33 6 12 34 56 78",
            "999",
            "112",
            "+44 112 123 4567",
            "01632 960002",
            "01632 960999",
            "01632 960555");
    String good = new OfficeFiles(office).numbers();
    office.write(
        "numbers.yml",
        good.replaceFirst("\\[alice]", "[\"" + String.join("\", \"", targets) + "\"]"));
    await()
        .atMost(SOON)
        .until(() -> !open.linekeeper().service().settingsDesk().problems().isEmpty());
    assertThat(open.linekeeper().service().settingsDesk().problems())
        .hasSize(targets.size())
        .allSatisfy(problem -> assertThat(problem.toString()).contains("numbers.yml:3"));
    office.write("numbers.yml", good);
    await()
        .atMost(SOON)
        .until(() -> open.linekeeper().service().settingsDesk().problems().isEmpty());
  }

  @Test
  void aWebhookThatIsSignedButBrokenIsABadRequestAndNothingWorse() {
    List<Map<String, String>> broken = new ArrayList<>();
    for (String field : List.of("MessageSid", "From", "To")) {
      Map<String, String> without = open.form(Office.ALICE, "STATUS");
      without.remove(field);
      broken.add(without);
      Map<String, String> empty = open.form(Office.ALICE, "STATUS");
      empty.put(field, "");
      broken.add(empty);
    }
    Map<String, String> oddSid = open.form(Office.ALICE, "STATUS");
    oddSid.put("MessageSid", "SM'; DROP TABLE journal;--");
    broken.add(oddSid);
    broken.add(open.form("x".repeat(500), "STATUS"));
    broken.add(open.form(Office.ALICE, "x".repeat(2_000)));
    for (Map<String, String> form : broken) {
      assertThat(open.webhook(form, sign(form)).statusCode()).as(form.toString()).isEqualTo(400);
    }
  }

  @Test
  void rubbishAtTheWebhookIsRefused() {
    Random random = new Random(7);
    List<byte[]> bodies = new ArrayList<>();
    for (String text :
        List.of("", "&&&===%%%", "Body=%zz%", "a".repeat(100), "{\"Body\":\"DIVERT\"}")) {
      bodies.add(text.getBytes(UTF_8));
    }
    byte[] noise = new byte[5_000];
    random.nextBytes(noise);
    bodies.add(noise);
    bodies.add(new byte[100_000]);
    for (byte[] body : bodies) {
      for (String type :
          List.of("application/x-www-form-urlencoded", "application/json", "text/xml")) {
        int status =
            open.post(OpenOffice.WEBHOOK, type, body, "X-Twilio-Signature", "x").statusCode();
        assertThat(status).as(type + ", " + body.length + " bytes").isBetween(400, 499);
      }
    }
    assertThat(open.get(OpenOffice.WEBHOOK).statusCode()).isBetween(400, 499);
  }

  @Test
  void rubbishAtTheApiIsRefusedWithAProblemThatSaysWhy() {
    List<String> bodies =
        List.of(
            "",
            "null",
            "[]",
            "42",
            "\"DIVERT ALL\"",
            "{",
            "{\"text\":",
            "{\"text\":{}}",
            "{\"text\":[\"DIVERT\"]}",
            "{\"text\":null}",
            "{\"text\":\"\\ud800\\u0000\"}",
            "{\"command\":\"DIVERT ALL\"}",
            "[".repeat(20_000),
            "{\"text\":\"" + "DIVERT ".repeat(5_000) + "\"}",
            "<text>DIVERT ALL</text>");
    for (String body : bodies) {
      HttpResponse<String> answer =
          open.post(
              "/api/commands", "application/json", body.getBytes(UTF_8), "X-Linekeeper", "test");
      String what = body.substring(0, Math.min(30, body.length()));
      if (answer.statusCode() == 200) {
        assertThat(answer.body()).as(what).contains("\"accepted\":false");
      } else {
        assertThat(answer.statusCode()).as(what).isBetween(400, 499);
        assertThat(answer.body()).as(what).doesNotContain("Exception", "org.linekeeper");
      }
    }
    assertThat(open.linekeeper().state().diversions()).isEmpty();
  }

  @Test
  void rubbishInTheFormsOfThePageIsRefused() {
    for (String path : List.of("/say", "/divert", "/login", "/nothing")) {
      for (String body : List.of("&&&===%%%", "_csrf=%zz", "text=DIVERT+ALL", "a=".repeat(9_000))) {
        int status =
            open.post(path, "application/x-www-form-urlencoded", body.getBytes(UTF_8)).statusCode();
        assertThat(status).as(path + " " + body.substring(0, 9)).isBetween(400, 499);
      }
    }
  }

  @Test
  void oddAddressesAreRefused() {
    for (String path :
        List.of(
            "/api/why/nobody",
            "/api/why/%00",
            "/api/why/+44" + "9".repeat(3_000),
            "/api/journal?before=x",
            "/api/journal?before=-1",
            "/api/journal?most=99999999999999",
            "/api/nothing",
            "/parts/..%2f..%2fetc",
            "/journal?before=%27")) {
      assertThat(open.get(path).statusCode()).as(path).isBetween(200, 499);
    }
  }

  @Test
  void wordsThatLookLikeMarkupComeBackAsWords() {
    int before = office.inbox(Office.ALICE).size();
    open.text(Office.ALICE, "DIVERT </Message><Message to=\"+447700900666\">]]> TO BOB");
    await().atMost(SOON).until(() -> office.inbox(Office.ALICE).size() > before);
    assertThat(office.inbox(STRANGER)).isEmpty();
    assertThat(office.inbox(Office.ALICE)).hasSize(before + 1);
  }

  @Test
  void wordsThatLookLikeATimeLeaveThePageAsItIs() {
    for (String text : List.of("CONFIRM 2026-13-45T10:00Z", "DIVERT ALL UNTIL 2026-13-45T10:00Z")) {
      int before = office.inbox(Office.ALICE).size();
      open.text(Office.ALICE, text);
      await().atMost(SOON).until(() -> office.inbox(Office.ALICE).size() > before);
    }
    for (String path : List.of("/", "/parts/journal", "/journal")) {
      assertThat(open.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void aCarrierThatAnswersRubbishIsAskedAgainAndNothingIsLost() {
    open.linekeeper().say("DIVERT ALL");
    for (Fault fault :
        List.of(Fault.HTML_PAGE, Fault.TRUNCATED_JSON, Fault.CUT, Fault.HALF_APPLIED)) {
      office.carrier().goWrong(fault, 2, request -> request.path().contains("PhoneNumbers"));
      office.carrier().goWrong(fault, 2, request -> request.path().contains("/Messages"));
    }
    open.linekeeper().settles(LINES);
    assertThat(office.lines()).allMatch(office::diverted);
    office.carrier().goWell();
  }

  private String askAndWait(String from, String words) {
    int before = office.inbox(from).size();
    String sid = open.text(from, words);
    await().atMost(SOON).until(() -> office.inbox(from).size() > before);
    assertThat(last(from)).contains("Reply ");
    return sid;
  }

  private void refused(String from, String code) {
    int before = office.inbox(from).size();
    open.text(from, code);
    await().atMost(SOON).until(() -> office.inbox(from).size() > before);
    assertThat(last(from)).doesNotContain("Moving");
    assertThat(open.linekeeper().state().diversions()).isEmpty();
  }

  private String last(String mobile) {
    List<String> inbox = office.inbox(mobile);
    return inbox.get(inbox.size() - 1);
  }

  private String sign(Map<String, String> form) {
    return open.signature(form, office.account().authToken());
  }

  private long polls() {
    return office.carrier().exchanges().stream()
        .filter(e -> e.request().method().equals("GET") && e.request().path().contains("/Messages"))
        .count();
  }
}
