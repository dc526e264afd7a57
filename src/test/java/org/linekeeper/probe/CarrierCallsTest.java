package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.twilio.TwilioCarrier;
import org.linekeeper.carrier.twilio.TwilioSettings;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.CallLeg;
import org.linekeeper.demo.carrier.Fault;
import org.linekeeper.demo.carrier.LegOutcome;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Seen;

/** The carrier calls the office's test number, and somebody listens, or not. */
class CarrierCallsTest {
  private static final PbxId WEST = new PbxId("west");
  private static final PhoneNumber NUMBER = new PhoneNumber("+441632960190");
  private static final PhoneNumber FROM = new PhoneNumber("+441632960191");

  private final LinkedBlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
  private final Ticker real = Ticker.system();
  private volatile Duration skipped = Duration.ZERO;
  private volatile boolean connected = true;
  private volatile Optional<String> suspicion = Optional.empty();
  private @Nullable SimulatedCarrier simulated;
  private @Nullable ContractRecorder contract;
  private @Nullable TwilioCarrier carrier;
  private @Nullable CarrierCalls calls;

  @AfterEach
  void close() {
    calls.close();
    carrier.close();
    simulated.close();
    contract.assertKept();
  }

  /** A PBX that does this with the digits that are keyed; null if it does not answer. */
  private void office(@Nullable Consumer<String> listening) throws Exception {
    simulated =
        SimulatedCarrier.start(
            new InetSocketAddress("127.0.0.1", 0),
            Account.demo(),
            InstantSource.system(),
            new CallLeg() {
              @Override
              public LegOutcome place(String uri, String to, String from, Duration deadline) {
                return LegOutcome.silent("nobody there");
              }

              @Override
              public LegOutcome place(
                  String uri, String to, String from, Duration deadline, String digits) {
                if (listening == null) {
                  return LegOutcome.silent("nobody there");
                }
                listening.accept(digits.replace("w", ""));
                return LegOutcome.answered("west");
              }
            });
    contract = ContractRecorder.attach(simulated);
    String trunk = simulated.provisioning().trunk("office", null);
    simulated.provisioning().originationUrl(trunk, "west", "sip:192.0.2.10", 10, 10);
    simulated.provisioning().number(NUMBER.e164(), Map.of("TrunkSid", trunk));
    simulated.provisioning().number(FROM.e164(), Map.of());
    String sid = simulated.account().sid();
    carrier =
        new TwilioCarrier(
            TwilioSettings.of(
                    sid,
                    sid,
                    simulated.account().authToken(),
                    Optional.of(simulated.baseUrl()),
                    URI.create("https://example.com/divert"))
                .withTimes(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(4)),
            InstantSource.system(),
            real);
    calls =
        new CarrierCalls(
            carrier,
            new CarrierCalls.Plan(NUMBER, FROM, Optional.of(Duration.ofMinutes(15))),
            () -> Optional.of(WEST),
            pbx -> connected,
            () -> suspicion,
            InstantSource.system(),
            () -> real.now().plus(skipped),
            seen::add);
    calls.start();
  }

  private void hears(String digits) {
    calls.onCarrierCall(WEST, digits);
  }

  private Observation next() throws Exception {
    Observation next = seen.poll(15, TimeUnit.SECONDS);
    assertThat(next).isNotNull();
    assertThat(next.pbx()).isEqualTo(WEST);
    return next;
  }

  private long placed() {
    return simulated.exchanges().stream()
        .filter(e -> e.request().method().equals("POST"))
        .filter(e -> e.request().path().endsWith("/Calls.json"))
        .count();
  }

  private void minutesPass(int minutes) {
    skipped = skipped.plusMinutes(minutes);
  }

  @Test
  void aCallIsHeardWhenItIsTimeForOneAndNotBefore() throws Exception {
    office(this::hears);
    minutesPass(14);
    assertThat(seen.poll(2500, TimeUnit.MILLISECONDS)).isNull();
    minutesPass(2);

    assertThat(next().seen()).isEqualTo(Seen.ANSWERED);
    assertThat(placed()).isEqualTo(1);
  }

  @Test
  void somethingIsSuspectedAndACallComesAtOnceButNotOneEachSecond() throws Exception {
    office(this::hears);
    suspicion = Optional.of("west may have no audio");
    minutesPass(2);

    assertThat(next().seen()).isEqualTo(Seen.ANSWERED);
    assertThat(seen.poll(3, TimeUnit.SECONDS)).isNull();
    assertThat(placed()).isEqualTo(1);
  }

  @Test
  void aPbxThatHearsNothingHasDeadAudioFromOutside() throws Exception {
    office(digits -> hears(""));
    minutesPass(16);

    Observation deaf = next();
    assertThat(deaf.seen()).isEqualTo(Seen.FAILED);
    assertThat(deaf.said()).contains("nothing of it was heard", "external_media_address");
  }

  @Test
  void aPbxThatTheCarrierDoesNotReachIsSaidToBe() throws Exception {
    office(null);
    minutesPass(16);

    Observation cutOff = next();
    assertThat(cutOff.seen()).isEqualTo(Seen.SILENT);
    assertThat(cutOff.said()).contains("not answered (no answer)", "does not reach it");
  }

  @Test
  void aCallThatWasAnsweredIsNotHeldAgainstAPbxThatCannotTellThisWatcher() throws Exception {
    connected = false;
    office(digits -> {});
    minutesPass(16);

    assertThat(seen.poll(8, TimeUnit.SECONDS)).isNull();
    assertThat(placed()).isEqualTo(1);
  }

  @Test
  void aCallThatSomebodyElseAnsweredSaysSo() throws Exception {
    office(digits -> {});
    minutesPass(16);

    Observation elsewhere = next();
    assertThat(elsewhere.seen()).isEqualTo(Seen.TURNED_AWAY);
    assertThat(elsewhere.said()).contains("not by linekeeper-carrier-test");
  }

  @Test
  void aStrangerWhoDialsTheTestNumberMeanwhileIsNotTakenForOurCall() throws Exception {
    office(
        digits -> {
          hears("");
          hears(digits);
        });
    minutesPass(16);

    assertThat(next().seen()).isEqualTo(Seen.ANSWERED);
  }

  @Test
  void whatOneCallHasSettledIsNotAskedAgainForAsLongAsItIsSuspected() throws Exception {
    office(this::hears);
    suspicion = Optional.of("the carrier could not deliver a call at 03:12");
    minutesPass(2);

    assertThat(next().seen()).isEqualTo(Seen.ANSWERED);
    minutesPass(11);
    assertThat(seen.poll(3, TimeUnit.SECONDS)).isNull();
    assertThat(placed()).isEqualTo(1);
  }

  @Test
  void aRequestWithoutAnswerIsReadBackAndNeverSentAgain() throws Exception {
    office(this::hears);
    simulated.goWrong(Fault.TIMEOUT_APPLIED, 1, request -> request.method().equals("POST"));
    minutesPass(16);

    next();
    assertThat(placed()).isEqualTo(1);
  }

  @Test
  void whileAnotherWatchersCallIsUnderWayNoneIsPlaced() throws Exception {
    office(this::hears);
    carrier.testCall(FROM, NUMBER, "1234");
    assertThat(placed()).isEqualTo(1);
    minutesPass(16);

    assertThat(seen.poll(3, TimeUnit.SECONDS)).isNull();
    assertThat(placed()).isEqualTo(1);
  }
}
