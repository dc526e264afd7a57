package org.linekeeper.office;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.cli.Cli;
import org.linekeeper.cli.Programs;
import org.linekeeper.cli.Surroundings;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.settings.Passwords;
import org.linekeeper.web.PageTls;
import org.mockito.Mockito;

/**
 * A word that nobody would otherwise use stands in every secret setting. Linekeeper runs, is logged
 * in to rightly and wrongly, is edited wrongly, diverts by text and by feature code, fails over;
 * and none of the words is found in anything that it says, writes down or shows.
 */
@Timeout(180)
class SecretsIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String PIN = "48151623";
  private static final String WRONG_PIN = "32615184";
  private static final String KEY_SID = "SK00000000000000000000000000000042";

  /** What must not be found, by what it is. */
  private final Map<String, String> secrets = new TreeMap<>();

  /** What was said, written or shown, by where. */
  private final Map<String, String> heard = new LinkedHashMap<>();

  @TempDir Path directory;
  @TempDir Path outside;
  private Office office;
  private URI base;
  private HttpClient http;

  @BeforeEach
  void plant() throws Exception {
    secret("auth token", "canary-token-7f3a");
    secret("AMI password", "canary-ami-91bc");
    secret("wrong AMI password", "canary-ami-wrong-55de");
    secret("API key", "canary-key-0d4e");
    secret("web password", "canary-web-c2a8");
    secret("wrong web password", "canary-web-wrong-e610");
    secret("PIN", PIN);
    secret("wrong PIN", WRONG_PIN);
    secrets.put("PIN's hash", Passwords.hash(PIN).encoded());
    secrets.put("web password's hash", Passwords.hash(secrets.get("web password")).encoded());
    Account account = new Account(Account.demo().sid(), secrets.get("auth token"));
    secrets.put("login at the carrier", base64(account.sid() + ":" + secrets.get("auth token")));
    secrets.put("login with the key", base64(KEY_SID + ":" + secrets.get("API key")));
    secrets.put("login at the page", base64("pat:" + secrets.get("web password")));
    office = new Office(directory, account, secrets.get("AMI password")).withLines(2);
    PageTls tls = PageTls.make(outside);
    office.write("certificate.pem", tls.certificate()).write("key.pem", tls.key());
    secrets.put("private key", tls.key().lines().skip(1).findFirst().orElseThrow());
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      base = URI.create("https://127.0.0.1:" + free.getLocalPort());
    }
    new OfficeFiles(office).write();
    office.write("linekeeper.yml", linekeeper("${env:CANARY_AMI}", ""));
    office.write("staff.yml", staff());
    // Texts are polled: the webhook's URL would be of a certificate that the carrier does not know.
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(PageTls.trusting())
            .sslParameters(new SSLParameters())
            .build();
  }

  private void secret(String what, String word) {
    secrets.put(what, word);
    secrets.put(what + " in base 64", base64(word).replaceAll("=*$", ""));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private String linekeeper(String amiPassword, String apiKey) {
    return new OfficeFiles(office)
            .linekeeper()
            .replaceFirst(
                "password: \"file:ami-password\"", "password: \"" + quoted(amiPassword) + "\"")
            .replace("auth-token: \"file:auth-token\"", "auth-token: ${env:CANARY_TOKEN}" + apiKey)
            .replace("poll-every: 1s", "poll-every: 1s, pin-by-text: yes")
        + """
        web:
          port: %d
          tls: {certificate: certificate.pem, key: key.pem}
          users:
            - {name: pat, password-hash: "%s", role: operator}
        """
            .formatted(base.getPort(), secrets.get("web password's hash"));
  }

  private static String quoted(String replacement) {
    return java.util.regex.Matcher.quoteReplacement(replacement);
  }

  private String staff() {
    return """
    staff:
      alice:
        name: Alice
        mobile: "+447700900101"
        may-move: all
        may-operate: yes
        code: "21"
        pin-hash: "%s"
      bob: {name: Bob, mobile: "+447700900102"}
    """
        .formatted(secrets.get("PIN's hash"));
  }

  private Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("CANARY_TOKEN", secrets.get("auth token"));
    env.put("CANARY_AMI", secrets.get("AMI password"));
    env.put("CANARY_WRONG_AMI", secrets.get("wrong AMI password"));
    env.put("CANARY_KEY", secrets.get("API key"));
    env.put("LINEKEEPER_LOG", "TRACE");
    env.put("LINEKEEPER_URL", base.toString());
    env.put("LINEKEEPER_CA", directory.resolve("certificate.pem").toString());
    env.put("LINEKEEPER_USER", "pat");
    env.put("LINEKEEPER_PASSWORD", secrets.get("web password"));
    return env;
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void noneIsFoundAnywhere() throws Exception {
    try (Program linekeeper = start("service", "--config", directory.toString())) {
      await().atMost(SOON).until(() -> healthy(linekeeper));
      loggedInToWrongly();
      movedByTextAndFeatureCode();
      failedOver();
      editedWrongly();
      shown();
      asked();
    }
    refusedByPbxAndCarrier();
    startedWithSecretsInTheOpen();
    written();

    assertThat(heard.get("service")).as("it said all it can").contains(" DEBUG ", " TRACE ");
    assertThat(heard.get("service"))
        .as("it was the real thing")
        .contains("Linekeeper watches over");
    List<String> found = new ArrayList<>();
    heard.forEach(
        (where, text) ->
            secrets.forEach(
                (what, word) -> {
                  int at = text.indexOf(word);
                  if (at >= 0) {
                    String around =
                        text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 60));
                    found.add(where + " shows the " + what + ": " + around);
                  }
                }));
    assertThat(found).isEmpty();
  }

  private Program start(String what, String... arguments) {
    Path said = outside.resolve(what.replace(' ', '-') + ".log");
    return new Program(said, environment(), arguments);
  }

  private boolean healthy(Program linekeeper) {
    assertThat(linekeeper.running()).as(linekeeper.said()).isTrue();
    try {
      return get("/api/status").body().contains("\"healthy\"")
          || get("/api/status").body().contains("HEALTHY");
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  private void loggedInToWrongly() throws IOException {
    for (String login :
        List.of(
            "pat:" + secrets.get("wrong web password"), "nobody:" + secrets.get("web password"))) {
      HttpResponse<String> answer =
          send(request("/api/status").setHeader("Authorization", "Basic " + base64(login)).GET());
      assertThat(answer.statusCode()).isEqualTo(401);
      heard.put("refused login", answer.body() + answer.headers());
    }
    for (String password :
        List.of(secrets.get("wrong web password"), secrets.get("web password"))) {
      HttpResponse<String> page = send(HttpRequest.newBuilder(base.resolve("/login")).GET());
      String token = page.body().replaceFirst("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
      String cookie = page.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(base.resolve("/login"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Cookie", cookie)
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "username=pat&_csrf="
                              + URLEncoder.encode(token, UTF_8)
                              + "&password="
                              + URLEncoder.encode(password, UTF_8))));
      assertThat(answer.statusCode()).isBetween(200, 399);
      heard.put("form login " + heard.size(), answer.body() + answer.headers());
    }
  }

  private void movedByTextAndFeatureCode() throws Exception {
    office.carrier().staffTexts(Office.ALICE, Office.CONTROL, "DIVERT ALL PIN " + WRONG_PIN);
    texts(1);
    office.carrier().staffTexts(Office.ALICE, Office.CONTROL, "DIVERT ALL PIN " + PIN);
    await().atMost(SOON).until(() -> office.lines().stream().allMatch(office::diverted));
    office.carrier().staffTexts(Office.ALICE, Office.CONTROL, "RETURN ALL");
    // Not the next text that comes: that the numbers have moved is told meanwhile.
    await().atMost(SOON).until(() -> codeSent().isPresent());
    String code = codeSent().orElseThrow();
    secrets.put("code that was sent", code);
    office.carrier().staffTexts(Office.ALICE, Office.CONTROL, code);
    await().atMost(SOON).until(() -> office.lines().stream().noneMatch(office::diverted));
    assertThat(dial(WRONG_PIN)).isEqualTo(FeatureCode.Reply.REFUSED);
    assertThat(dial(PIN)).isEqualTo(FeatureCode.Reply.ACCEPTED);
    await().atMost(SOON).until(() -> office.lines().stream().allMatch(office::diverted));
  }

  private FeatureCode.Reply dial(String pin) throws Exception {
    return office
        .primary()
        .dialFeatureCode(new FeatureCode("101", "21", pin, "DIVERT SALES"))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private void texts(int atLeast) {
    await().atMost(SOON).until(() -> office.inbox(Office.ALICE).size() >= atLeast);
  }

  private Optional<String> codeSent() {
    return office.inbox(Office.ALICE).stream()
        .filter(text -> text.matches("(?s)Reply \\d{6}.*"))
        .map(text -> text.substring(6, 12))
        .findFirst();
  }

  private void failedOver() {
    office.primary().kill();
    await().atMost(SOON).until(() -> office.priority("standby") < office.priority("primary"));
  }

  private void editedWrongly() throws IOException {
    for (String wrong :
        List.of(
            // in the open, under a wrong name, in broken YAML
            linekeeper("x", "").replace("${env:CANARY_TOKEN}", secrets.get("auth token")),
            linekeeper("x", "")
                .replace("auth-token: $", "auth-tokn: " + secrets.get("auth token") + " #$"),
            linekeeper("x", "").replace("${env:CANARY_TOKEN}", "\"" + secrets.get("auth token")),
            linekeeper("x", "").replace("auth-token: $", secrets.get("auth token") + ": : [ #$"))) {
      editedAndMended("linekeeper.yml", wrong, linekeeper("${env:CANARY_AMI}", ""));
    }
    editedAndMended("staff.yml", staff().replace(secrets.get("PIN's hash"), PIN), staff());
  }

  private void editedAndMended(String file, String wrong, String right) throws IOException {
    String mistake = "mistake, so those before are in force";
    office.write(file, wrong);
    await().atMost(SOON).until(() -> get("/").body().contains(mistake));
    String page = get("/").body();
    assertThat(page).contains(file);
    heard.put("page with a mistake " + heard.size(), page);
    office.write(file, right);
    await().atMost(SOON).until(() -> !get("/").body().contains(mistake));
  }

  private void shown() throws IOException {
    for (String path :
        List.of(
            "/",
            "/divert",
            "/journal",
            "/login",
            "/parts/state",
            "/api/status",
            "/api/numbers",
            "/api/why/" + office.lines().get(0),
            "/api/journal?most=500",
            "/api/plan",
            "/api/nothing",
            "/nothing",
            "/actuator/health",
            "/actuator/prometheus",
            "/actuator/env",
            "/actuator/configprops",
            "/actuator/heapdump")) {
      HttpResponse<String> answer = get(path);
      heard.put(path, answer.headers() + answer.body());
    }
    assertThat(heard.get("/api/journal?most=500")).contains("DIVERT ALL, with PIN");
  }

  /** By the command line: some commands as people start them, the rest without their start-up. */
  private void asked() {
    assertThat(start("client", "status").exit()).isZero();
    start("check", "check", "--config", directory.toString()).exit();
    StringWriter said = new StringWriter();
    Surroundings here =
        new Surroundings(
            environment(),
            InputStream.nullInputStream(),
            new PrintWriter(said, true),
            new PrintWriter(said, true));
    for (String[] command :
        new String[][] {
          {"numbers"}, {"why", office.lines().get(0)}, {"journal"}, {"plan"}, {"return", "ALL"}
        }) {
      assertThat(Cli.run(here, Mockito.mock(Programs.class), command)).as(command[0]).isZero();
    }
    heard.put("clients", said.toString());
  }

  /** The PBX does not know the password any more, nor the carrier the key. */
  private void refusedByPbxAndCarrier() throws Exception {
    office.primary().start();
    office.write(
        "linekeeper.yml",
        linekeeper(
            "${env:CANARY_WRONG_AMI}",
            "\n  api-key: {sid: " + KEY_SID + ", secret: \"${env:CANARY_KEY}\"}"));
    try (Program linekeeper =
        start("service that nobody knows", "--config", directory.toString())) {
      await()
          .atMost(SOON)
          .until(
              () -> {
                assertThat(linekeeper.running()).as(linekeeper.said()).isTrue();
                try {
                  return get("/api/status").body().contains("401")
                      || get("/").body().contains("denies");
                } catch (IOException e) {
                  return false; // not listening yet
                }
              });
      heard.put("page of the unknown", get("/").body() + get("/api/status").body());
      start("check by the unknown", "check", "--config", directory.toString()).exit();
    }
  }

  private void startedWithSecretsInTheOpen() {
    office.write(
        "linekeeper.yml",
        linekeeper(secrets.get("AMI password"), "")
            .replace("${env:CANARY_TOKEN}", "\"" + secrets.get("auth token") + "\""));
    assertThat(start("wrong start", "--config", directory.toString()).exit()).isEqualTo(2);
    assertThat(start("wrong check", "check", "--config", directory.toString()).exit()).isEqualTo(2);
  }

  /** Everything on the disk but the settings themselves. */
  private void written() throws IOException {
    try (Stream<Path> files =
        Stream.concat(Files.walk(directory.resolve("journal")), Files.walk(outside))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        heard.put(
            file.startsWith(outside)
                ? file.getFileName().toString().replaceFirst("\\.log$", "").replace('-', ' ')
                : file.toString(),
            new String(bytes, ISO_8859_1));
      }
    }
    assertThat(heard.keySet()).anyMatch(place -> place.endsWith("before-images.json"));
  }

  private HttpResponse<String> get(String path) throws IOException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header("Authorization", "Basic " + secrets.get("login at the page"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
