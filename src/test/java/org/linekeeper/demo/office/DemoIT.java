package org.linekeeper.demo.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.CallRecord;
import org.linekeeper.demo.carrier.CallRecord.AnsweredBy;
import org.linekeeper.demo.carrier.Mobile;
import org.linekeeper.demo.page.DemoPage;
import org.linekeeper.demo.pbx.FeatureCode;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.failover.Overview;
import org.linekeeper.state.Actor;
import org.linekeeper.verdict.Verdict;

/** A day in the demo office, over the real protocols, with Linekeeper as offices run it. */
class DemoIT {
  private static final String MAIN = "+441632960001";
  private static final String SALES = "+441632960002";
  private static final String EXPORT = "+441632960003";
  private static final String SUPPORT = "+441632960004";
  private static final String LIFT = "+441632960006";
  private static final String ALICE = "+447700900101";
  private static final String BOB = "+447700900102";
  private static final String CAROL = "+447700900103";
  private static final Actor ENGINEER = new Actor(Actor.Door.CLI, "pat");

  @TempDir Path directory;
  private DemoOffice office;
  private ContractRecorder contract;

  /** What Linekeeper itself has to say about a test that failed. */
  @RegisterExtension
  final AfterTestExecutionCallback journalOfFailure =
      test -> {
        if (test.getExecutionException().isPresent()) {
          office.linekeeper().journal().latest(60).stream()
              .map(r -> r.number() + " " + r.entry().at() + " " + r.entry().sentence())
              .sorted()
              .forEach(System.out::println);
          System.out.println(seen().decision() + " " + seen().troubles());
          inbox(BOB).forEach(System.out::println);
        }
      };

  @BeforeEach
  void open() throws Exception {
    open(false, 1);
  }

  private void open(boolean webhook, int port) throws Exception {
    office = DemoOffice.open(DemoSettings.quick(directory.resolve("demo"), port, webhook));
    contract = ContractRecorder.attach(office.carrier());
    soon().until(() -> healthy("primary") && healthy("standby"));
    soon().until(() -> seen().carrierReachable() && seen().troubles().isEmpty());
    soon().until(() -> answeredNow(SALES).via().equals("primary"));
  }

  @AfterEach
  void close() {
    if (office != null) {
      office.close();
      contract.assertKept();
    }
  }

  /** What can happen to a PBX. */
  enum Fault {
    KILLED(SimulatedPbx::kill),
    HUNG(SimulatedPbx::hang),
    CUT_OFF(SimulatedPbx::cutOff),
    SIP_LOST(SimulatedPbx::sipOnlyLoss),
    SHUT_DOWN(SimulatedPbx::shutDownNow);

    final Consumer<SimulatedPbx> happens;

    Fault(Consumer<SimulatedPbx> happens) {
      this.happens = happens;
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void the_standby_takes_over_and_keeps_the_calls_until_somebody_says_otherwise(Fault fault)
      throws Exception {
    fault.happens.accept(office.pbxs().primary());
    soon().until(() -> active().equals("standby") && seen().state().openRolePlan().isEmpty());
    allFurtherCallsAreAnsweredBy("standby");

    DemoOffice.bringBack(office.pbxs().primary());
    soon().until(() -> healthy("primary"));
    soon().until(() -> office.pbxs().primary().gateClosed());
    allFurtherCallsAreAnsweredBy("standby");

    assertThat(says("FAILBACK")).matches(Told::accepted);
    soon().until(() -> active().equals("primary") && seen().state().openRolePlan().isEmpty());
    allFurtherCallsAreAnsweredBy("primary");
  }

  @Test
  void bob_moves_sales_by_text_without_a_webhook() {
    bobMovesSalesAndBack();
  }

  @Test
  void bob_moves_sales_by_text_through_the_webhook() throws Exception {
    office.close();
    try (ServerSocket free = new ServerSocket(0)) {
      open(true, free.getLocalPort());
    }
    try (DemoPage page = DemoPage.open(office)) {
      assertThat(page.address()).hasPath("");
      bobMovesSalesAndBack();
    }
  }

  private void bobMovesSalesAndBack() {
    Map<String, Map<String, Object>> before = everyNumber();
    text(BOB, "DIVERT SALES");
    text(BOB, code(BOB, 0));
    soon().until(() -> answeredNow(SALES).who().equals(BOB));
    assertThat(answeredNow(EXPORT).answeredBy()).isEqualTo(AnsweredBy.MOBILE);
    assertThat(answeredNow(SUPPORT).via()).isEqualTo("primary");

    text(BOB, "RETURN SALES");
    text(BOB, code(BOB, 1));
    soon().until(() -> answeredNow(SALES).via().equals("primary"));
    soon().untilAsserted(() -> assertThat(everyNumber()).isEqualTo(before));
  }

  @Test
  void alice_diverts_everything_but_the_lift_alarm_with_a_feature_code_on_a_desk_phone()
      throws Exception {
    assertThat(dial("9999")).isEqualTo(FeatureCode.Reply.REFUSED);
    assertThat(answeredNow(MAIN).via()).isEqualTo("primary");
    assertThat(dial("4711")).isEqualTo(FeatureCode.Reply.ACCEPTED);
    soon().until(() -> answeredNow(MAIN).answeredBy() == AnsweredBy.MOBILE);
    soon().until(() -> answeredNow(SUPPORT).answeredBy() == AnsweredBy.MOBILE);
    assertThat(answeredNow(LIFT).via()).isEqualTo("primary");
  }

  @Test
  void in_the_evening_numbers_ring_on_mobiles_and_in_the_morning_at_the_office() {
    Map<String, Map<String, Object>> before = everyNumber();
    toNextChange();
    soon().until(() -> answeredNow(SUPPORT).who().equals(CAROL));
    assertThat(answeredNow(LIFT).via()).isEqualTo("primary");
    toNextChange();
    soon().until(() -> answeredNow(SUPPORT).via().equals("primary"));
    soon().untilAsserted(() -> assertThat(everyNumber()).isEqualTo(before));
  }

  @Test
  void with_both_pbxs_dead_mobiles_ring_until_one_is_back() throws Exception {
    Map<String, Map<String, Object>> before = everyNumber();
    // Hung, not gone: only the carrier's own evidence tells this from a watcher that is cut off.
    office.pbxs().primary().hang();
    office.pbxs().standby().hang();
    soon().until(() -> seen().state().emergency().isPresent());
    soon().until(() -> answeredNow(MAIN).answeredBy() == AnsweredBy.MOBILE);

    office.pbxs().standby().resume();
    soon().until(() -> seen().state().emergency().isEmpty());
    soon().until(() -> answeredNow(MAIN).via().equals("standby"));
    soon().untilAsserted(() -> assertThat(everyNumber()).isEqualTo(before));
  }

  @Test
  void an_edit_of_the_numbers_holds_within_two_seconds_and_a_mistake_changes_nothing()
      throws Exception {
    assertThat(says("DIVERT SALES")).matches(Told::accepted);
    soon().until(() -> answeredNow(SALES).who().equals(BOB));

    edit("divert-to: [bob]", "divert-to: [carol]");
    within(Duration.ofSeconds(3)).until(() -> answeredNow(SALES).who().equals(CAROL));

    edit("divert-to: [carol]", "divert-to: [carrol]");
    within(Duration.ofSeconds(3))
        .until(() -> !office.linekeeper().settingsDesk().problems().isEmpty());
    assertThat(office.linekeeper().settingsDesk().problems().get(0).toString())
        .contains("numbers.yml")
        .contains("carrol")
        .contains("carol");
    assertThat(answeredNow(SALES).who()).isEqualTo(CAROL);

    edit("divert-to: [carrol]", "divert-to: [carol]");
    within(Duration.ofSeconds(3))
        .until(() -> office.linekeeper().settingsDesk().problems().isEmpty());
  }

  @Test
  void a_restart_in_the_middle_of_everything_goes_on_where_it_was() throws Exception {
    Map<String, Map<String, Object>> before = everyNumber();
    assertThat(says("DIVERT SUPPORT")).matches(Told::accepted);
    soon().until(() -> answeredNow(SUPPORT).who().equals(CAROL));
    office.pbxs().primary().kill();
    soon().until(() -> active().equals("standby") && seen().state().openRolePlan().isEmpty());

    office.stopLinekeeper();
    assertThat(answeredNow(SALES).via()).isEqualTo("standby");
    office.startLinekeeper();

    soon().until(() -> healthy("standby"));
    assertThat(active()).isEqualTo("standby");
    assertThat(answeredNow(SUPPORT).who()).isEqualTo(CAROL);
    assertThat(says("RETURN ALL")).matches(Told::accepted);
    soon().untilAsserted(() -> assertThat(everyNumber()).isEqualTo(before));
  }

  private static ConditionFactory soon() {
    return within(Duration.ofSeconds(30));
  }

  private static ConditionFactory within(Duration time) {
    return await().atMost(time).pollInterval(Duration.ofMillis(50));
  }

  private Overview seen() {
    return office.linekeeper().loop().overview();
  }

  private boolean healthy(String pbx) {
    Verdict verdict = seen().verdicts().get(new PbxId(pbx));
    return verdict != null && verdict.kind() == Verdict.Kind.HEALTHY;
  }

  private String active() {
    return seen().state().active().map(PbxId::name).orElse("");
  }

  private CallRecord answeredNow(String number) {
    return office.carrier().caller().call("+447700900500", number);
  }

  /** Every call placed from now on for two seconds, and each at its first attempt. */
  private void allFurtherCallsAreAnsweredBy(String pbx) {
    Instant from = office.clock().instant();
    within(Duration.ofSeconds(10)).until(() -> callsSince(from).size() >= 10);
    assertThat(callsSince(from).stream().map(DemoIT::words))
        .allMatch(call -> call.equals(pbx + " after 1 attempts"));
  }

  private List<CallRecord> callsSince(Instant from) {
    return office.carrier().caller().records().stream()
        .filter(call -> call.at().isAfter(from))
        .toList();
  }

  private static String words(CallRecord call) {
    return call.trace().size() == 1
        ? call.via() + " after 1 attempts"
        : call.answeredBy() + " " + call.via() + ": " + call.trace();
  }

  private Told says(String words) throws Exception {
    return office
        .linekeeper()
        .commands()
        .say(words, ENGINEER)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private FeatureCode.Reply dial(String pin) throws Exception {
    return office
        .pbxs()
        .primary()
        .dialFeatureCode(new FeatureCode("101", "21", pin, "DIVERT ALL"))
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private void text(String from, String words) {
    office.carrier().staffTexts(from, office.controlNumber(), words);
  }

  private List<Mobile.Text> inbox(String mobile) {
    return office.carrier().mobiles().stream()
        .filter(m -> m.number().equals(mobile))
        .findFirst()
        .orElseThrow()
        .inbox();
  }

  /** The code that comes after so many that have come before. */
  private String code(String mobile, int before) {
    soon().until(() -> codes(mobile).size() > before);
    return codes(mobile).get(before);
  }

  private List<String> codes(String mobile) {
    return inbox(mobile).stream()
        .map(Mobile.Text::body)
        .filter(body -> body.matches("(?s)Reply \\d{6} .*"))
        .map(body -> body.substring(6, 12))
        .toList();
  }

  private void toNextChange() {
    office.moveClock(office.hours().nextChange(office.clock().instant()).orElseThrow());
  }

  private void edit(String from, String to) throws Exception {
    Path file = office.directory().resolve("numbers.yml");
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  /** As the carrier shows them; a URL that was never set can only be put back as empty. */
  private Map<String, Map<String, Object>> everyNumber() {
    return office.carrier().provisioning().numbers().stream()
        .collect(
            Collectors.toMap(
                n -> n,
                n -> {
                  Map<String, Object> shown = new TreeMap<>();
                  office
                      .carrier()
                      .provisioning()
                      .number(n)
                      .forEach((field, value) -> shown.put(field, value == null ? "" : value));
                  shown.remove("date_updated");
                  return shown;
                }));
  }
}
