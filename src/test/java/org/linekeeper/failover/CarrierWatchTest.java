package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.OriginationUrl;

/** What the carrier's alerts are worth as evidence, and for how long. */
class CarrierWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String TRUNK = Offices.accountants().trunk().sid();
  private static final List<OriginationUrl> ROWS =
      List.of(
          new OriginationUrl(Offices.PRIMARY_ROW, "sip:office.example.com:5060", 10, 1, true),
          new OriginationUrl(Offices.STANDBY_ROW, "sip:office.example.com:5062", 20, 1, true));

  private static final PhoneNumber[] NUMBERS =
      Offices.accountants().numbers().stream()
          .map(OfficeNumber::number)
          .toArray(PhoneNumber[]::new);
  private static final String LOST = "CA00000000000000000000000000000001";
  private static final String OTHER = "CA00000000000000000000000000000002";

  private final InMemoryJournal journal = new InMemoryJournal();
  private final Carrier carrier = mock(Carrier.class);
  private final ExecutorService io = Executors.newSingleThreadExecutor();
  private final ControlThread thread = new ControlThread(Clockwork.real());
  private Instant now = NOON;
  private volatile Duration clock = Duration.ZERO;
  private CarrierWatch watch;

  @BeforeEach
  void open() {
    when(carrier.numbers()).thenReturn(Answer.of(List.of()));
    when(carrier.originationUrls(any())).thenReturn(Answer.of(ROWS));
    when(carrier.delivered(any(), any())).thenReturn(Answer.of(List.of()));
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants())));
    Core core =
        new Core(
            "w1",
            journal,
            mock(PbxControl.class),
            carrier,
            io,
            io,
            () -> now,
            () -> clock,
            () -> "id");
    watch = new CarrierWatch(core, thread);
  }

  @AfterEach
  void close() {
    thread.close();
    io.shutdownNow();
  }

  @Test
  void anAlertTellsOfThePbxWhoseUriItNames() {
    assertThat(named("cannot reach sip:+441632960001@Office.example.com;transport=udp, 503"))
        .contains(Set.of(Offices.PRIMARY_ROW));
    assertThat(named("sip:office.example.com:5062.")).contains(Set.of(Offices.STANDBY_ROW));
    assertThat(named("SIP: Error communicating")).contains(Set.of());
    assertThat(named(TRUNK)).contains(Set.of());
  }

  @Test
  void anAlertThatNamesOnlyOthersTellsNothing() {
    assertThat(named("sip:office.example.com:5064")).isEmpty();
    assertThat(named("sip:192.0.2.99")).isEmpty();
    assertThat(named("TK99999999999999999999999999999999")).isEmpty();
    assertThat(Undelivered.of(new CarrierAlert("NO1", 11200, NOON, "", ""), TRUNK, ROWS)).isEmpty();
  }

  private static Optional<Set<String>> named(String about) {
    return Undelivered.of(new CarrierAlert("NO1", 32011, NOON, "", about), TRUNK, ROWS)
        .map(Undelivered::rows);
  }

  @Test
  void evidenceIsKeptForANightAndCountedOnce() throws Exception {
    look(alert("NO1", NOON));
    look(alert("NO1", NOON));
    now = NOON.plus(Duration.ofHours(11));
    look();
    assertThat(watch.sight().undelivered()).hasSize(1);
    now = NOON.plus(Duration.ofHours(13));
    look();
    assertThat(watch.sight().undelivered()).isEmpty();
  }

  @Test
  void onceNumbersHaveRungOnMobilesWhatWasBeforeIsNoQuestionAnyMore() throws Exception {
    look(alert("NO1", NOON));
    journal.append(List.of(new Entry.EmergencyBegan(NOON, "the carrier cannot get in")));
    now = NOON.plusSeconds(60);
    look(alert("NO1", NOON));
    journal.append(List.of(new Entry.EmergencyEnded(NOON, "it can")));
    now = NOON.plusSeconds(90);
    look(alert("NO1", NOON), alert("NO2", NOON.plusSeconds(80)));
    assertThat(watch.sight().undelivered())
        .extracting(Undelivered::at)
        .containsExactly(NOON.plusSeconds(80));
  }

  @Test
  void onlyIfSomeCallsWereLostIsItAskedWhichGotIn() throws Exception {
    look();
    verify(carrier, never()).delivered(any(), any());
    when(carrier.delivered(TRUNK, Set.of(NUMBERS)))
        .thenReturn(Answer.of(List.of(new DeliveredCall(LOST, NOON.plusSeconds(20)))));
    look(alert("NO1", NOON, "sip:office.example.com " + LOST));
    assertThat(watch.sight().delivered()).as("the carrier answered it itself").isEmpty();
    assertThat(watch.sight().lastUndelivered(NOON.minusSeconds(1))).hasSize(1);

    DeliveredCall next = new DeliveredCall(OTHER, NOON.plusSeconds(30));
    when(carrier.delivered(any(), any())).thenReturn(Answer.of(List.of(next)));
    look();
    assertThat(watch.sight().delivered()).contains(next.at());
    assertThat(watch.sight().lastUndelivered(NOON.minusSeconds(1))).isEmpty();
    look();
    look();
    verify(carrier, times(2)).delivered(any(), any());
    look(alert("NO2", NOON.plusSeconds(60), "sip:office.example.com"));
    assertThat(watch.sight().lastUndelivered(NOON.minusSeconds(1))).hasSize(1);
    assertThat(watch.sight().delivered()).as("is not forgotten").contains(next.at());
  }

  @Test
  void whatOneQuestionOfFourLeftOpenIsAskedAgainSoon() throws Exception {
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
    when(carrier.originationUrls(any()))
        .thenReturn(Answer.no(Answer.Problem.UNREACHABLE, "no answer"))
        .thenReturn(Answer.of(ROWS));
    turn(watch.answers());
    asked(1);
    assertThat(watch.sight().reachable()).isTrue();
    assertThat(watch.answers()).isFalse();
    clock = Duration.ofMillis(250);
    turn(watch.answers());
    clock = Duration.ofMillis(2_250);
    turn(watch.answers());
    asked(2);
    assertThat(watch.answers()).isTrue();
    assertThat(watch.sight().rows()).isEqualTo(ROWS);
  }

  @Test
  void aPlanWaitsForNumbersAndRowsAndNotForWhichCallsWereLostOrGotIn() throws Exception {
    look(alert("NO1", NOON));
    clearInvocations(carrier);
    CompletableFuture<CarrierWatch.Fresh> done = new CompletableFuture<>();
    thread.post(() -> watch.refresh(done::complete));
    assertThat(done.get(5, TimeUnit.SECONDS)).isEqualTo(new CarrierWatch.Fresh(true, true));
    verify(carrier, never()).alertsSince(any());
    verify(carrier, never()).delivered(any(), any());
    assertThat(watch.sight().undelivered()).as("what is known stays").hasSize(1);
  }

  @Test
  void inTroubleItIsAskedOftenButNotInTheFirstQuarterOfASecond() throws Exception {
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
    turn(true);
    asked(1);
    clock = Duration.ofSeconds(5);
    turn(false);
    clock = clock.plusMillis(249);
    turn(false);
    asked(1);
    clock = clock.plusMillis(1);
    turn(false);
    asked(2);
    clock = clock.plusSeconds(1);
    turn(false);
    asked(2);
    clock = clock.plusSeconds(1);
    turn(false);
    asked(3);
  }

  private void turn(boolean ready) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    thread.post(
        () -> {
          watch.turn(ready, () -> {});
          done.complete(null);
        });
    done.get(5, TimeUnit.SECONDS);
  }

  private void asked(int times) {
    verify(carrier, timeout(5_000).times(times)).alertsSince(any());
    await().untilAsserted(() -> assertThat(asking()).isFalse());
  }

  private boolean asking() throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    thread.post(() -> answer.complete(watch.asking()));
    return answer.get(5, TimeUnit.SECONDS);
  }

  private void look(CarrierAlert... alerts) throws Exception {
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of(alerts)));
    clock = clock.plusSeconds(15);
    CompletableFuture<Void> done = new CompletableFuture<>();
    thread.post(() -> watch.turn(true, () -> done.complete(null)));
    done.get(5, TimeUnit.SECONDS);
  }

  private static CarrierAlert alert(String sid, Instant at) {
    return alert(sid, at, "sip:office.example.com");
  }

  private static CarrierAlert alert(String sid, Instant at, String about) {
    return new CarrierAlert(sid, 32011, at, "", about);
  }
}
