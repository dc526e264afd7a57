package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The Function that admins deploy says the same as its stand-in, run by a real Node. */
@Tag("lab")
class TwilioFunctionIT {
  private static final String RUNNER =
      """
      global.Twilio = { Response: class {
        appendHeader() {}
        setBody(body) { this.body = body; }
      } };
      require(process.argv[1]).handler(
        { PATH: '/twiml/divert' }, JSON.parse(process.argv[2]), (e, r) => console.log(r.body));
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to=%2B447700900001",
        "to=+447700900001,447700900002,+447700900001&timeout=3",
        "to=%2B447700900001%2C%2B447700900002&callerId=%2B441632960001&From=anonymous&timeout=90",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B447700900500",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B447700900500&show=office",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B266696687",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B7378742833",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B86282452253",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B8656696",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B2562533",
        "to=%2B447700900001&callerId=%2B441632960001&From=%2B447700900500&timeout=40",
        "to=nobody",
        "to=%2B447700900001,%2B447700900002,%2B447700900003,%2B447700900004,%2B447700900005,"
            + "%2B447700900006,%2B447700900007,%2B447700900008,%2B447700900009,%2B447700900010,"
            + "%2B447700900011",
        "mode=screen",
        "mode=accept&Digits=1",
        "mode=accept&Digits=2",
        "mode=accept"
      })
  void says_the_same_as_its_stand_in(String query) throws Exception {
    try (SimulatedCarrier carrier = Office.start()) {
      HttpResponse<String> standIn = new Client(carrier).get(TwimlHost.PATH + "?" + query).raw();
      assertThat(node(Form.parse(query).values())).isEqualTo(standIn.body());
    }
  }

  private static String node(Map<String, String> event) throws IOException, InterruptedException {
    Path function = Path.of("docs/twilio-function.js").toAbsolutePath();
    boolean installed =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "node")));
    Assumptions.assumeTrue(installed, "node is missing: install Debian's package nodejs");
    Process process =
        new ProcessBuilder(
                List.of(
                    "node",
                    "-e",
                    RUNNER,
                    function.toString(),
                    JsonMapper.builder().build().writeValueAsString(event)))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return said.strip();
  }
}
