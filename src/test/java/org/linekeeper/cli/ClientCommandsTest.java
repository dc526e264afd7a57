package org.linekeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** An engineer at the command line, and the service that answers. */
class ClientCommandsTest {
  private static final String DONE =
      "{\"accepted\":true,\"text\":\"Sales rings on Bob's mobile.\"}";

  private final StubService service = new StubService().answers("/api/commands", DONE);

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "divert ALL | DIVERT ALL",
        "divert sales --to alice --for 2h | DIVERT sales TO alice FOR 2h",
        "divert 01632 960001 --until 17:30 | DIVERT 01632 960001 UNTIL 17:30",
        "return sales | RETURN sales",
        "return ALL --anyway | RETURN ALL ANYWAY",
        "switchover | SWITCH",
        "switchover standby | SWITCH TO standby",
        "failback | FAILBACK",
        "acknowledge | ACKNOWLEDGE",
        "ack | ACKNOWLEDGE",
        "confirm | CONFIRM",
        "confirm mobiles | CONFIRM mobiles",
        "confirm edit 5f3c | CONFIRM edit 5f3c",
        "pause | PAUSE",
        "pause --for 30m | PAUSE FOR 30m",
        "resume | RESUME",
        "mode Manual | MODE manual",
        "repair 01632 960001 | REPAIR 01632 960001",
        "accept +441632960001 | ACCEPT +441632960001",
        "replace witness | REPLACE witness",
        "host-off primary | HOST-OFF primary",
        "alone | ALONE",
        "alone --others-are-off | ALONE OTHERS-ARE-OFF"
      })
  void eachCommandIsSaidInTheWordsOfAText(String line, String words) {
    Run run = Run.at(service, line.split(" "));

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("Sales rings on Bob's mobile." + System.lineSeparator());
    StubService.Asked asked = service.asked.get(0);
    assertThat(JsonMapper.shared().readTree(asked.body()).path("text").asString()).isEqualTo(words);
    assertThat(asked.headers()).containsEntry("Content-type", List.of("application/json"));
    assertThat(asked.headers()).containsEntry("X-linekeeper", List.of("cli"));
  }

  @Test
  void aRefusalEndsWithOne() {
    service.answers("/api/commands", "{\"accepted\":false,\"text\":\"standby is hung.\"}");

    Run run = Run.at(service, "switchover");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("standby is hung.");
  }

  @Test
  void scriptsGetTheServicesOwnJson() {
    Run run = Run.at(service, "resume", "--json");

    assertThat(JsonMapper.shared().readTree(run.out()))
        .isEqualTo(JsonMapper.shared().readTree(DONE));
  }

  @Test
  void statusIsATableForPeople() {
    service
        .answers(
            "/api/status",
            """
            {"sentence":"The phones work.","besides":["primary could not take over."],
             "zone":"Europe/London","mode":"automatic","pause":{"until":"2026-07-01T10:00:00Z"},
             "decision":{"reason":"standby serves"},"troubles":[],"notices":["an edit waits"],
             "pbxs":[{"id":"primary","role":"primary","active":false,"verdict":"process-gone",
                      "since":"2026-07-01T09:00:00Z","evidence":"AMI refused"},
                     {"id":"standby","role":"standby","active":true,"verdict":"healthy",
                      "since":"2026-07-01T09:00:00Z","evidence":"AMI answers"}]}
            """)
        .answers(
            "/api/numbers",
            """
            [{"phone":"01632 960001","name":"Reception","atOffice":true,"people":[],
              "until":null,"why":"nothing diverts it","drift":null},
             {"phone":"01632 960002","name":"Sales","atOffice":false,"people":["Alice","Bob"],
              "until":"2026-07-01T16:30:00Z","why":"bob by sms","drift":null}]
            """);

    Run run = Run.at(service, "status");

    assertThat(run.exit()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "The phones work.",
            "- primary could not take over.",
            "- an edit waits",
            "",
            "PBX      ROLE     SERVES  VERDICT       SINCE               EVIDENCE",
            "primary  primary  no      process-gone  Wed 1 Jul 10:00:00  AMI refused",
            "standby  standby  yes     healthy       Wed 1 Jul 10:00:00  AMI answers",
            "",
            "Decision: standby serves.",
            "Mode: automatic, paused until Wed 1 Jul 11:00:00.",
            "",
            "NUMBER        NAME   RINGS       UNTIL               WHY",
            "01632 960002  Sales  Alice, Bob  Wed 1 Jul 17:30:00  bob by sms");
    assertThat(Run.at(service, "numbers").out()).contains("Reception", "office");
  }

  @Test
  void whyTakesANumberAsItIsWritten() {
    service.answers(
        "/api/why/01632%20960002",
        "{\"sentence\":\"Sales rings at the office.\",\"reasons\":[\"because\"]}");

    Run run = Run.at(service, "why", "01632", "960002");

    assertThat(run.out().lines()).containsExactly("Sales rings at the office.", "- because");
  }

  @Test
  void theJournalIsReadTopDown() {
    service.answers(
        "/api/journal?most=2&before=9",
        """
        {"zone":"Europe/London","next":7,"entries":[
          {"number":8,"at":"2026-11-23T10:00:01Z","sentence":"second"},
          {"number":7,"at":"2026-11-23T10:00:00Z","sentence":"first"}]}
        """);

    assertThat(Run.at(service, "journal", "--most", "2", "--before", "9").out().lines())
        .containsExactly("7  Mon 23 Nov 10:00:00  first", "8  Mon 23 Nov 10:00:01  second");
  }

  @Test
  void thePlanSaysWhatIsUnderWay() {
    service.answers(
        "/api/plan",
        """
        {"missing":2,"waiting":{"confirm":"CONFIRM MOBILES","intent":"send every number to mobiles","reason":"no PBX can serve"},"drifts":{"+441632960001":"changed"},
         "rowDrifts":[],"open":[{"kind":"redirect","reason":"Sales goes to mobiles","steps":[
           {"sentence":"ring +44","outcome":"applied"},{"sentence":"ring +45","outcome":null}]}]}
        """);

    assertThat(Run.at(service, "plan").out().lines())
        .containsExactly(
            "Waits for CONFIRM MOBILES to send every number to mobiles: no PBX can serve.",
            "redirect: Sales goes to mobiles",
            "  applied: ring +44",
            "  under way: ring +45",
            "Drift: +441632960001: changed",
            "2 changes at the carrier are still to be made.");
  }

  @Test
  void whereNobodyAnswersItSaysWhatThatMeansForThePhones() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String url = "http://127.0.0.1:" + free;

    Run run = Run.of(Map.of(), "", "status", "--url", url);

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("Linekeeper does not answer at " + url + ".")
        .contains("PBXs and numbers stay as they are", "--url");
  }

  @Test
  void somethingElseAtTheAddressIsNotTakenForLinekeeper() {
    service.answers("/api/status", 200, "text/html", "<html>my router</html>");

    Run run = Run.at(service, "status");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("is not Linekeeper");
  }

  @Test
  void aProblemIsToldInItsOwnWords() {
    service.answers(
        "/api/why/555",
        404,
        "application/problem+json",
        "{\"detail\":\"555 is not one of the office's numbers.\",\"phones\":\"Nothing was changed.\"}");
    service.answers(
        "/api/commands",
        504,
        "application/problem+json",
        "{\"detail\":\"No answer in time.\",\"phones\":\"It is not known.\"}");

    Run unknown = Run.at(service, "why", "555");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("555 is not one of the office's numbers. Nothing was changed.");
    assertThat(Run.at(service, "failback").exit()).isEqualTo(3);
  }

  @Test
  void aLoginComesFromTheEnvironmentAndIsNeverShown(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "olive's horse\n");
    service.answers("/api/plan", 401, "application/problem+json", "{\"detail\":\"Login needed\"}");

    Run run =
        Run.of(
            Map.of(
                "LINEKEEPER_URL", service.url(),
                "LINEKEEPER_USER", "olive",
                "LINEKEEPER_PASSWORD_FILE", file.toString()),
            "",
            "plan");

    assertThat(service.asked.get(0).headers())
        .containsEntry("Authorization", List.of("Basic b2xpdmU6b2xpdmUncyBob3JzZQ=="));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("LINEKEEPER_USER").doesNotContain("horse");
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "divert",
    "divert ALL --for 2h --until 17:30",
    "mode sometimes",
    "journal --most many",
    "status --url nowhere",
    "fly",
    "''"
  })
  void whatCannotBeUnderstoodEndsWithTwo(String line) {
    Run run = Run.at(service, line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isNotBlank();
    assertThat(service.asked).isEmpty();
  }
}
