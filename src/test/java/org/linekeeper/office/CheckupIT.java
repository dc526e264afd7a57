package org.linekeeper.office;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.Jar;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.pbx.AmiClass;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.net.IoLoop;
import org.linekeeper.time.Ticker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The engineer looks before leaping: {@code check} against a whole office. */
@Timeout(120)
class CheckupIT {
  private static final String WEBHOOK = "https://phones.example.com/twilio/sms";
  private static final String FALLBACK = "https://phones2.example.com/twilio/sms";
  private static final String SPARE = "+441632960777";
  private static final Map<String, String> LINE =
      Map.of("TrunkSid", Office.TRUNK, "EmergencyAddressSid", "AD0123456789abcdef0123456789abcdef");
  private static final Map<String, String> CONTROL =
      Map.of("SmsUrl", WEBHOOK, "SmsFallbackUrl", FALLBACK);

  @TempDir Path directory;
  private Office office;

  @BeforeEach
  void anOfficeAsItShouldBe() {
    office = new Office(directory).withLines(2);
    office.lines().forEach(line -> office.carrier().provisioning().number(line, LINE));
    control(Map.of());
    office.carrier().provisioning().number(SPARE, Map.of());
    String recovery = office.carrier().divertUrl(List.of(Office.ALICE), office.lines().get(0));
    office.carrier().provisioning().trunk("office", recovery);
    new OfficeFiles(office).write();
    edit(
        "poll-every: 1s",
        "poll-every: 1s, webhook-url: [\"" + WEBHOOK + "\", \"" + FALLBACK + "\"]");
  }

  @AfterEach
  void close() {
    office.close();
  }

  private void control(Map<String, String> but) {
    Map<String, String> fields = new TreeMap<>(CONTROL);
    fields.putAll(but);
    office.carrier().provisioning().number(Office.CONTROL, fields);
  }

  private void edit(String from, String to) {
    String text = office.read("linekeeper.yml");
    assertThat(text).contains(from);
    office.write("linekeeper.yml", text.replace(from, to));
  }

  private Jar check(String... more) {
    String[] check = {"check", "--config", directory.toString()};
    return Jar.run(Stream.of(check, more).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void everythingThatThePhonesDependOnHasItsLine() {
    Jar checked = check();

    assertThat(checked.exit()).as(checked.out()).isZero();
    assertThat(checked.out())
        .contains("ok       settings: 2 numbers, 2 staff")
        .contains("warning  place of this watcher: 127.0.0.1 is this machine", "freeze tolerance: ")
        .contains("ok       AMI login at primary", "ok       AMI login at standby")
        .contains("ok       AMI privileges at primary", "ok       AMI privileges at standby")
        .contains("ok       role gate at primary", "ok       role gate at standby")
        .contains("ok       test call at primary", "ok       test call at standby")
        .contains("ok       SIP at primary", "ok       SIP at standby")
        .contains("ok       Twilio account AC")
        .contains("ok       trunk " + Office.TRUNK)
        .contains("ok       origination URL of primary", "ok       origination URL of standby")
        .contains("ok       order of the origination URLs")
        .contains("ok       disaster recovery URL")
        .contains("ok       numbers: 2 of 2 are at the account and on the trunk")
        .contains("ok       emergency addresses: 2 of 2")
        .contains("ok       control number " + Office.CONTROL)
        .contains("ok       SMS webhook", "ok       SMS fallback URL")
        .contains("ok       divert URL")
        .contains("ok       list of texts", "ok       carrier's alerts")
        .contains(" 0 failures")
        .doesNotContain(Office.AMI_PASSWORD, office.account().authToken());
  }

  @Test
  void theSameForPrograms() {
    Jar checked = check("--json");

    JsonNode results = JsonMapper.shared().readTree(checked.out());
    assertThat(checked.exit()).isZero();
    assertThat(StreamSupport.stream(results.spliterator(), false))
        .hasSizeGreaterThan(20)
        .allMatch(r -> r.path("said").asString("").length() > 5)
        .anyMatch(r -> r.path("what").asString("").equals("role gate at standby"))
        .noneMatch(r -> r.path("level").asString("").equals("FAILURE"));
  }

  /** One thing is wrong in the whole office: what is broken, which line tells, what to do. */
  enum Broken {
    AMI_PASSWORD("AMI login at primary", "manager reload", (t, o) -> o.write("ami-password", "no")),
    PBX_DEAD("AMI login at standby", "manager.conf", (t, o) -> o.standby().kill()),
    SIP_BANNED("SIP at primary", "fail2ban", (t, o) -> o.primary().sipOnlyLoss()),
    NO_GATE(
        "role gate at primary", "linekeeper-gate,s,1", (t, o) -> o.primary().breakDialplan(true)),
    NO_CANARY("test call at standby", "lk-canary", (t, o) -> o.standby().breakDialplan(true)),
    TOKEN("Twilio account", "auth token", (t, o) -> o.write("auth-token", "wrong")),
    TRUNK(
        "trunk TK",
        "Elastic SIP Trunking",
        (t, o) -> t.edit("trunk: " + Office.TRUNK, "trunk: TK" + "0".repeat(32))),
    ORIGINATION_URL(
        "origination URL of primary",
        "origination-url",
        (t, o) ->
            t.edit("origination-url: " + t.url("primary"), "origination-url: OU" + "0".repeat(32))),
    ORDER(
        "order of the origination URLs",
        "lowest priority",
        (t, o) ->
            o.carrier()
                .provisioning()
                .originationUrl(Office.TRUNK, "standby", "sip:192.0.2.2", 10, 10)),
    NUMBER_NOT_OWNED(
        "+441632960555",
        "numbers.yml",
        (t, o) ->
            o.write(
                "numbers.yml",
                o.read("numbers.yml") + "  - {number: \"+441632960555\", divert-to: [alice]}\n")),
    NUMBER_NOT_ON_TRUNK(
        "+441632960001",
        "Assign it to the trunk",
        (t, o) -> o.carrier().provisioning().number(o.lines().get(0), Map.of())),
    WEBHOOK_ELSEWHERE(
        "SMS webhook",
        "A message comes in",
        (t, o) -> t.control(Map.of("SmsUrl", "https://x.org"))),
    NO_TEXTS(
        "control number",
        "with SMS",
        (t, o) -> o.carrier().provisioning().withoutSms(Office.CONTROL)),
    DIVERT_URL(
        "divert URL",
        "docs/CARRIER.md",
        (t, o) -> t.edit("/twiml/divert", "/twiml/divert/nothing")),
    ALERTS(
        "carrier's alerts",
        "Monitor",
        (t, o) -> o.carrier().goWrong(Fault.HTML_PAGE, 10, r -> r.path().startsWith("/v1/Alerts"))),
    TEXTS(
        "list of texts",
        "Messages",
        (t, o) -> o.carrier().goWrong(Fault.HTML_PAGE, 10, r -> r.path().contains("/Messages"))),
    WEBHOOK_BY_GET("SMS webhook", "HTTP POST", (t, o) -> t.control(Map.of("SmsMethod", "GET")));

    final String what;
    final String remedy;
    final BiConsumer<CheckupIT, Office> how;

    Broken(String what, String remedy, BiConsumer<CheckupIT, Office> how) {
      this.what = what;
      this.remedy = remedy;
      this.how = how;
    }
  }

  private String url(String pbx) {
    return org.linekeeper.demo.carrier.Provisioning.originationUrlSid(pbx);
  }

  @ParameterizedTest
  @EnumSource
  void oneThingThatIsWrongFailsWithWhatToDo(Broken broken) {
    broken.how.accept(this, office);

    Jar checked = check();

    assertThat(checked.exit()).as(checked.out()).isEqualTo(1);
    assertThat(checked.out())
        .containsPattern("failure  " + java.util.regex.Pattern.quote(broken.what) + ".*\n +-> .*")
        .contains(broken.remedy);
  }

  @Test
  void aPrivilegeThatIsMissingFailsByName() throws IOException {
    try (IoLoop loop = IoLoop.start("weak-pbx", Ticker.system());
        SimulatedPbx weak =
            new SimulatedPbx(
                loop,
                InstantSource.system(),
                PbxSettings.onLoopback("primary", "linekeeper", Office.AMI_PASSWORD)
                    .allowing(EnumSet.of(AmiClass.USER), EnumSet.of(AmiClass.REPORTING)))) {
      weak.start();
      OfficeFiles files = new OfficeFiles(office);
      office.write(
          "linekeeper.yml", files.linekeeper(weak.amiAddress(), office.standby().amiAddress()));

      Jar checked = check();

      assertThat(checked.exit()).isEqualTo(1);
      assertThat(checked.out())
          .contains("failure  AMI privileges at primary: The action SETVAR is not offered")
          .contains("-> Add call to write in manager.conf");
    }
  }

  @Test
  void aSettingThatIsWrongEndsItWithTheLine() {
    edit("region: GB", "regoin: GB");

    Jar checked = check();

    assertThat(checked.exit()).isEqualTo(2);
    assertThat(checked.err()).contains("linekeeper.yml", "regoin", "region");
  }

  @Test
  void whatIsMissingForABadDayOnlyWarns() {
    office.carrier().provisioning().trunk("office", null);
    office.carrier().provisioning().number(office.lines().get(1), Map.of("TrunkSid", Office.TRUNK));
    control(Map.of("SmsFallbackUrl", ""));

    Jar checked = check();

    assertThat(checked.exit()).isZero();
    assertThat(checked.out())
        .contains("warning  disaster recovery URL", "warning  SMS fallback URL")
        .contains("warning  emergency address of " + office.lines().get(1));
  }

  @Test
  void aSpareNumberIsTriedAndPutBack() {
    Map<String, Object> before = office.record(SPARE);

    Jar checked = check("--live", SPARE);

    assertThat(checked.exit()).as(checked.out()).isZero();
    assertThat(checked.out())
        .contains("ok       divert by one request", "ok       return by one request")
        .contains("ok       spare number " + SPARE);
    assertThat(office.record(SPARE)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+441632960001", Office.CONTROL})
  void aNumberInUseIsNotTried(String number) {
    Jar checked = check("--live", number);

    assertThat(checked.exit()).isEqualTo(1);
    assertThat(checked.out()).contains("in use by the office", "-> give a spare number");
    assertThat(office.changes()).isEmpty();
  }

  @Test
  void whatIsNoNumberIsNotTried() {
    assertThat(check("--live", "the spare one").exit()).isEqualTo(2);
  }
}
