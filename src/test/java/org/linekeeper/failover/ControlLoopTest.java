package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.command.Commands;
import org.linekeeper.command.DeskPhone;
import org.linekeeper.command.DialogueRules;
import org.linekeeper.command.Held;
import org.linekeeper.command.Pins;
import org.linekeeper.command.Text;
import org.linekeeper.command.TextDialogue;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.routing.Routing;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/** The loop with everything around it pretended, on a Monday noon. */
class ControlLoopTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final OriginationUrl FIRST =
      new OriginationUrl(Offices.PRIMARY_ROW, "sip:pbx1.example.com", 10, 1, true);
  private static final OriginationUrl SECOND =
      new OriginationUrl(Offices.STANDBY_ROW, "sip:pbx2.example.com", 20, 1, true);

  private final InMemoryJournal journal = new InMemoryJournal();
  private final PbxControl pbxs = mock(PbxControl.class);
  private final Carrier carrier = mock(Carrier.class);
  private final ExecutorService io = Executors.newFixedThreadPool(4);
  private final Ticker ticker = Ticker.system();
  private final Map<PhoneNumber, NumberImage> routes = new TreeMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private volatile Instant now = NOON;
  private ControlLoop loop;
  private Answering answering;

  @BeforeEach
  void open() {
    when(pbxs.openGate(any(), any())).thenReturn(done("opened"));
    when(pbxs.closeGate(any(), any(), any(), any())).thenReturn(done("closed"));
    when(pbxs.register(any(), anyString(), anyBoolean())).thenReturn(done("registered"));
    when(pbxs.stayUnregistered(any(), anyString())).thenReturn(done("unregistered"));
    when(carrier.originationUrls(any())).thenReturn(Answer.of(List.of(FIRST, SECOND)));
    when(carrier.setOrigination(any(), any(), any())).thenReturn(Outcome.applied("moved"));
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
    when(carrier.numbers()).thenAnswer(call -> numbers());
    when(carrier.diverted(any(), any(), any()))
        .thenAnswer(
            call ->
                call.<NumberImage>getArgument(0)
                    .with(Map.of("VoiceUrl", call.getArgument(1).toString())));
    when(carrier.withRoute(any(), any())).thenAnswer(call -> call.getArgument(1));
    when(carrier.sameRoute(any(), any()))
        .thenAnswer(call -> call.getArgument(0).equals(call.getArgument(1)));
    when(carrier.route(any(), any(), any(), any()))
        .thenAnswer(call -> route(call.getArgument(0), call.getArgument(2)));
    for (PhoneNumber number : List.of(Offices.RECEPTION, Offices.SALES, Offices.LIFT)) {
      routes.put(number, NumberImage.of(Map.of("VoiceUrl", "")));
    }
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants())));
    loop = new ControlLoop(core(), Profile.lan(), List.of(Offices.PRIMARY, Offices.STANDBY));
    answering = new Answering(loop, this::seen);
  }

  private Core core() {
    return new Core(
        "w1",
        journal,
        pbxs,
        carrier,
        io,
        io,
        () -> now,
        ticker,
        () -> "id" + ids.incrementAndGet());
  }

  @AfterEach
  void close() {
    answering.close();
    loop.close();
    io.shutdownNow();
  }

  @Test
  void aFailoverIsRehearsedWhileAllIsWellAndNothingComesOfIt() {
    loop.start(() -> {});
    healthy();
    answering.begin(Offices.PRIMARY);
    answering.begin(Offices.STANDBY);
    await().atMost(Duration.ofSeconds(20)).until(() -> journal.rehearsed().size() >= 20);
    List<Entry> rehearsed = journal.rehearsed().get(0);
    assertThat(rehearsed.get(rehearsed.size() - 1))
        .isInstanceOfSatisfying(
            Entry.Intended.class,
            intended -> assertThat(intended.plan().to()).contains(Offices.STANDBY));
    assertThat(active()).isEqualTo(Offices.PRIMARY);
    assertThat(journal.state().openPlans()).isEmpty();
    verify(pbxs, never()).openGate(eq(Offices.STANDBY), any());
    verify(carrier, never()).setOrigination(any(), any(), any());
  }

  @Test
  void theKilledPrimaryIsReplacedOnceAndTheGateOfTheStandbyOpens() {
    loop.start(() -> {});
    healthy();
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    await().atMost(Duration.ofSeconds(5)).until(() -> active().equals(Offices.STANDBY));
    await().atMost(Duration.ofSeconds(5)).until(() -> journal.state().openPlans().isEmpty());
    verify(pbxs).openGate(eq(Offices.STANDBY), any());
    verify(carrier).setOrigination(any(), eq(SECOND.withPriority(9)), any());
    assertThat(journal.state().epoch().number()).isEqualTo(1);
  }

  @Test
  void aThousandBadReportsAtOnceAreSeenInOneTurn() {
    AtomicInteger turns = new AtomicInteger();
    loop.start(turns::incrementAndGet);
    CompletableFuture<Void> busy = new CompletableFuture<>();
    loop.with(
        parts -> {
          busy.join();
          return CompletableFuture.completedFuture(0);
        });
    int before = turns.get();
    for (int i = 0; i < 1000; i++) {
      loop.observed(seen(Offices.STANDBY, Probe.SIP_OPTIONS, Seen.SILENT));
    }
    busy.complete(null);
    loop.with(parts -> CompletableFuture.completedFuture(0)).toCompletableFuture().join();
    // a few more come from the loop's own clock
    assertThat(turns.get() - before).isBetween(1, 100);
  }

  @Test
  void twoPbxsThatAnswerNowAndThenDoNotKeepTheOfficeWaitingForMobiles() {
    Rules shipped = Rules.defaults();
    Rules soon =
        new Rules(
            shipped.mode(),
            shipped.holdDown(),
            shipped.divertWhenNoPbx(),
            Duration.ofSeconds(4),
            shipped.returnAfter(),
            shipped.gateLease(),
            shipped.confirmAbove());
    journal.append(
        List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants(soon))));
    loop.start(() -> {});
    healthy();
    AtomicInteger asked = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Seen sip = asked.incrementAndGet() % 20 == 0 ? Seen.ANSWERED : Seen.SILENT;
              for (PbxId pbx : List.of(Offices.PRIMARY, Offices.STANDBY)) {
                loop.observed(seen(pbx, Probe.AMI_PING, Seen.ANSWERED));
                loop.observed(seen(pbx, Probe.SIP_OPTIONS, sip));
              }
              return loop.overview().decision().kind() == Decision.Kind.BEGIN_EMERGENCY;
            });
  }

  @Test
  void aRowWhoseRequestLandedLateIsSettledAndThenTheEngineersAffair() throws Exception {
    List<OriginationUrl> rows = new CopyOnWriteArrayList<>(List.of(FIRST, SECOND));
    when(carrier.originationUrls(any())).thenAnswer(call -> Answer.of(List.copyOf(rows)));
    when(carrier.setOrigination(any(), any(), any()))
        .thenAnswer(
            call -> {
              OriginationUrl want = call.getArgument(1);
              rows.replaceAll(row -> row.sid().equals(want.sid()) ? want : row);
              return Outcome.unknown("no answer, but it lands");
            });
    loop.start(() -> {});
    healthy();
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                !journal.state().rows().isEmpty()
                    && journal.state().rows().get(Offices.STANDBY_ROW).settled());
    verify(carrier, times(1)).setOrigination(any(), any(), any());
    now = NOON.plus(Duration.ofMinutes(3));
    rows.replaceAll(row -> row.withPriority(row.sid().equals(Offices.STANDBY_ROW) ? 30 : 5));
    await().atMost(Duration.ofSeconds(20)).until(() -> !loop.overview().rowDrifts().isEmpty());
    TimeUnit.SECONDS.sleep(1);
    verify(carrier, times(1)).setOrigination(any(), any(), any());
  }

  @Test
  void theStandbysGateIsHeldClosedOnlyWhileThePrimaryServes() {
    loop.start(() -> {});
    healthy();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> verify(pbxs, atLeastOnce()).closeGate(eq(Offices.STANDBY), any(), any(), any()));
    verify(pbxs, never()).closeGate(eq(Offices.PRIMARY), any(), any(), any());
  }

  @Test
  void noGateIsClosedWhereTheCarrierOffersCallsFirst() throws InterruptedException {
    when(carrier.originationUrls(any()))
        .thenReturn(Answer.of(List.of(FIRST, SECOND.withPriority(9))));
    loop.start(() -> {});
    healthy();
    await().atMost(Duration.ofSeconds(5)).until(() -> !loop.overview().rowDrifts().isEmpty());
    Thread.sleep(Duration.ofMillis(300).toMillis());
    verify(pbxs, never()).closeGate(eq(Offices.STANDBY), any(), any(), any());
  }

  @Test
  void nothingIsDoneToTheWorldWhileTheJournalCannotBeWritten() {
    loop.start(() -> {});
    healthy();
    journal.refuse(true);
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> loop.overview().decision().kind() == Decision.Kind.FAIL_OVER);
    verify(pbxs, never()).openGate(eq(Offices.STANDBY), any());
    verify(carrier, never()).setOrigination(any(), any(), any());
    journal.refuse(false);
    await().atMost(Duration.ofSeconds(5)).until(() -> active().equals(Offices.STANDBY));
  }

  @Test
  void nothingMovesToAPbxThatHasJustFallenSilentToo() throws InterruptedException {
    loop.start(() -> {});
    healthy();
    // the watcher's cable is pulled: the standby's verdict comes a moment later than the primary's
    Thread.sleep(Duration.ofMillis(400).toMillis());
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> loop.overview().decision().reason().contains("for a moment either"));
    assertThat(active()).isEqualTo(Offices.PRIMARY);
    assertThat(loop.overview().state().openPlans()).isEmpty();
  }

  @Test
  void aWishMovesTheNumberAndItsEndPutsItBack() {
    loop.start(() -> {});
    wish();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !routes.get(Offices.SALES).get("VoiceUrl").isEmpty());
    assertThat(routes.get(Offices.SALES).get("VoiceUrl")).contains(Offices.BOB.e164());
    await().atMost(Duration.ofSeconds(5)).until(() -> journal.state().openPlans().isEmpty());
    journal.append(List.of(new Entry.DiversionEnded(NOON, "d1", Actor.ITSELF)));
    await().atMost(Duration.ofSeconds(5)).until(() -> journal.state().moved().isEmpty());
    assertThat(routes.get(Offices.SALES)).isEqualTo(NumberImage.of(Map.of("VoiceUrl", "")));
  }

  @Test
  void whoeverMovesNumbersByTextIsToldWhenTheyHaveMoved() throws Exception {
    when(carrier.send(any(), any(), any())).thenReturn(Outcome.applied("sent"));
    CommandDesk desk = desk(CommandDesk.Edits.NONE);
    loop.start(() -> {});
    String asked = heard(desk, "SM1", "DIVERT SALES");
    String code = asked.replaceAll("(?s).*Reply ([0-9]{6}).*", "$1");
    assertThat(heard(desk, "SM2", code)).startsWith("Moving Sales");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                verify(carrier)
                    .send(Offices.CONTROL, Offices.ALICE, "Done: 1 number rings on mobiles now."));
  }

  @Test
  void whoeverThoughtBetterOfItIsNotToldThatTheNumberHasNotMoved() {
    when(carrier.send(any(), any(), any())).thenReturn(Outcome.applied("sent"));
    Core core = core();
    Followups followups = new Followups(core);
    var before = Routing.wanted(journal.state(), NOON);
    wish();
    var after = Routing.wanted(journal.state(), NOON);
    followups.promise(Offices.ALICE, before, after);
    Picture late =
        new Picture(
            journal.state(),
            Map.of(),
            CarrierSight.NONE,
            NOON,
            ticker.now().plus(Duration.ofMinutes(1)));
    followups.turn(late, before);
    followups.turn(late, after);
    verify(carrier, never()).send(any(), any(), any());
  }

  @Test
  void aPinIsComparedBesideTheThreadThatDecides() throws Exception {
    Commands commands =
        new Commands((estate, target) -> Optional.empty(), () -> "d" + ids.incrementAndGet());
    DialogueRules rules = DialogueRules.defaults();
    List<String> threads = new CopyOnWriteArrayList<>();
    CommandDesk desk =
        new CommandDesk(
            loop,
            commands,
            () -> new TextDialogue(commands, Pins.none(), rules),
            () ->
                new DeskPhone(
                    commands, (staff, pin) -> threads.add(Thread.currentThread().getName()), rules),
            CommandDesk.Edits.NONE);
    loop.start(() -> {});
    var told =
        desk.dialled("201", "bob", "2468", "DIVERT SALES")
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertThat(told.accepted()).isTrue();
    assertThat(threads).hasSize(1).doesNotContain("control");
  }

  @Test
  void aCommandThatFailsByADefectDoesNotHoldUpThoseBehindIt() throws Exception {
    Held edit = Held.edit("5f3c", "the edit re-routes 12 numbers");
    CommandDesk desk =
        desk(
            edits(
                edit,
                by -> {
                  throw new IllegalStateException("a defect");
                }));
    loop.start(() -> {});
    Actor pat = new Actor(Actor.Door.PAGE, "pat");
    var broken = desk.say("CONFIRM", pat).toCompletableFuture();
    assertThat(desk.say("STATUS", pat).toCompletableFuture().get(5, TimeUnit.SECONDS).accepted())
        .isTrue();
    assertThat(broken).isCompletedExceptionally();
  }

  @Test
  void confirmingAnEditDoesNotConfirmTheFailoverThatWaitsToo() throws Exception {
    List<String> confirmed = new CopyOnWriteArrayList<>();
    Held edit = Held.edit("5f3c", "the edit re-routes 12 numbers");
    CommandDesk desk = desk(edits(edit, confirmed::add));
    failoverWaits();
    assertThat(said(desk, "CONFIRM").accepted()).isFalse();
    assertThat(said(desk, "CONFIRM").text())
        .contains(
            "CONFIRM FAILOVER TO STANDBY to let standby", "CONFIRM EDIT 5F3C to put the edit");
    assertThat(said(desk, "CONFIRM EDIT").accepted()).isTrue();
    assertThat(confirmed).containsExactly("CONFIRM EDIT 5F3C by pat by page");
    assertThat(loop.overview().decision().held().orElseThrow().kind())
        .isEqualTo(Held.Kind.FAILOVER);
    assertThat(active()).isEqualTo(Offices.PRIMARY);
    assertThat(said(desk, "CONFIRM MOBILES").accepted()).isFalse();
    assertThat(said(desk, "CONFIRM FAILOVER").accepted()).isTrue();
    assertThat(confirmed).hasSize(1);
    await().atMost(Duration.ofSeconds(5)).until(() -> active().equals(Offices.STANDBY));
  }

  @Test
  void nobodyIsToldThatItIsConfirmedBeforeTheJournalHasIt() throws Exception {
    CommandDesk desk = desk(CommandDesk.Edits.NONE);
    failoverWaits();
    journal.refuse(true);
    CommandDesk.Told told = said(desk, "CONFIRM FAILOVER");
    assertThat(told.accepted()).isFalse();
    assertThat(told.text()).contains("could not be recorded");
    journal.refuse(false);
    assertThat(said(desk, "CONFIRM FAILOVER").accepted()).isTrue();
    assertThat(active()).isEqualTo(Offices.STANDBY);
  }

  @Test
  void nobodyIsToldThatItSwitchesBeforeTheJournalHasIt() throws Exception {
    when(pbxs.readyToLeave(any())).thenReturn(done("no emergency call is up"));
    CommandDesk desk = desk(CommandDesk.Edits.NONE);
    loop.start(() -> {});
    healthy();
    journal.refuse(true);
    assertThat(said(desk, "SWITCH").text()).contains("could not be recorded");
    journal.refuse(false);
    assertThat(said(desk, "SWITCH").text()).startsWith("Switching the phones");
    assertThat(active()).isEqualTo(Offices.STANDBY);
  }

  /** The mode is manual, and the primary's process is gone. */
  private void failoverWaits() {
    journal.append(List.of(new Entry.ModeSet(NOON, Actor.ITSELF, Rules.Mode.MANUAL)));
    loop.start(() -> {});
    healthy();
    answering.begin(Offices.STANDBY);
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_SESSION, Seen.CLOSED));
    loop.observed(seen(Offices.PRIMARY, Probe.AMI_CONNECT, Seen.REFUSED));
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> loop.overview().decision().held().isPresent());
  }

  private CommandDesk desk(CommandDesk.Edits edits) {
    Commands commands =
        new Commands((estate, target) -> Optional.empty(), () -> "d" + ids.incrementAndGet());
    DialogueRules rules = DialogueRules.defaults();
    return new CommandDesk(
        loop,
        commands,
        () -> new TextDialogue(commands, Pins.none(), rules),
        () -> new DeskPhone(commands, Pins.none(), rules),
        edits);
  }

  private static CommandDesk.Edits edits(Held waiting, Consumer<String> confirmed) {
    return new CommandDesk.Edits() {
      @Override
      public Optional<Held> held() {
        return Optional.of(waiting);
      }

      @Override
      public boolean confirm(Held edit, String by) {
        confirmed.accept(edit.words() + " by " + by);
        return true;
      }
    };
  }

  private static CommandDesk.Told said(CommandDesk desk, String words) throws Exception {
    return desk.say(words, new Actor(Actor.Door.PAGE, "pat"))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private static String heard(CommandDesk desk, String sid, String body) throws Exception {
    return desk.hear(new Text(sid, Offices.ALICE.e164(), body, NOON))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .orElseThrow()
        .text();
  }

  @Test
  void aRefusedMoveIsTriedAgainButNotInAHotLoop() {
    AtomicInteger tries = new AtomicInteger();
    when(carrier.route(any(), any(), any(), any()))
        .thenAnswer(
            call -> {
              tries.incrementAndGet();
              return Outcome.rejected("the carrier says no");
            });
    loop.start(() -> {});
    wish();
    await().atMost(Duration.ofSeconds(5)).until(() -> tries.get() >= 2);
    assertThat(tries.get()).isLessThan(5);
  }

  @Test
  void aNewWishDoesNotWaitOutTheTriesOfANumberThatIsRefused() {
    AtomicInteger tries = new AtomicInteger();
    when(carrier.route(eq(sid(Offices.SALES)), any(), any(), any()))
        .thenAnswer(
            call -> {
              tries.incrementAndGet();
              return Outcome.rejected("the carrier says no");
            });
    loop.start(() -> {});
    wish();
    await().atMost(Duration.ofSeconds(10)).until(() -> tries.get() >= 3);
    journal.append(List.of(new Entry.EmergencyBegan(NOON, "fire")));
    await()
        .atMost(Duration.ofSeconds(2))
        .until(() -> !routes.get(Offices.RECEPTION).get("VoiceUrl").isEmpty());
  }

  @Test
  void aTrunkThatCannotBeReadDoesNotKeepNumbersFromMobiles() {
    when(carrier.originationUrls(any()))
        .thenReturn(Answer.no(Answer.Problem.UNREACHABLE, "no such trunk"));
    loop.start(() -> {});
    wish();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> !routes.get(Offices.SALES).get("VoiceUrl").isEmpty());
  }

  @Test
  void anOpenIntentOfAnEarlierLifeIsReadBackAndFinished() {
    wish();
    var step =
        new org.linekeeper.state.Step.RouteNumber(
            Offices.SALES,
            sid(Offices.SALES),
            routes.get(Offices.SALES),
            NumberImage.of(Map.of("VoiceUrl", List.of(Offices.BOB).toString())),
            List.of(Offices.BOB));
    journal.append(
        List.of(
            new Entry.Intended(
                NOON,
                new org.linekeeper.state.Plan(
                    "old",
                    journal.state().epoch(),
                    org.linekeeper.state.Plan.Kind.REDIRECT,
                    "before the power cut",
                    NOON,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(step)))));
    when(carrier.number(any()))
        .thenAnswer(
            call ->
                Answer.of(
                    numbers().value().orElseThrow().stream()
                        .filter(n -> n.sid().equals(call.getArgument(0)))
                        .findFirst()
                        .orElseThrow()));
    loop.start(() -> {});
    await().atMost(Duration.ofSeconds(5)).until(() -> journal.state().openPlans().isEmpty());
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> routes.get(Offices.SALES).equals(step.want()));
    verify(carrier).number(sid(Offices.SALES));
  }

  private void wish() {
    journal.append(
        List.of(
            new Entry.DiversionBegan(
                NOON,
                new Diversion(
                    "d1",
                    Selection.of(Offices.SALES),
                    Diversion.Route.MOBILES,
                    List.of(),
                    Actor.ITSELF,
                    "test",
                    NOON,
                    Optional.empty()))));
  }

  private void healthy() {
    for (PbxId pbx : List.of(Offices.PRIMARY, Offices.STANDBY)) {
      loop.observed(seen(pbx, Probe.AMI_SESSION, Seen.ANSWERED));
      loop.observed(seen(pbx, Probe.AMI_PING, Seen.ANSWERED));
      loop.observed(seen(pbx, Probe.SIP_OPTIONS, Seen.ANSWERED));
    }
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                loop.overview().carrierReachable()
                    && loop.overview().verdicts().values().stream()
                        .allMatch(v -> v.kind() == Verdict.Kind.HEALTHY));
  }

  private PbxId active() {
    return journal.state().active().orElseThrow();
  }

  private Observation seen(PbxId pbx, Probe probe, Seen seen) {
    return new Observation(pbx, probe, seen, ticker.now(), Duration.ZERO, "as seen");
  }

  private static CompletableFuture<Outcome> done(String said) {
    return CompletableFuture.completedFuture(Outcome.applied(said));
  }

  private Answer<List<CarrierNumber>> numbers() {
    synchronized (routes) {
      return Answer.of(
          routes.entrySet().stream()
              .map(e -> new CarrierNumber(e.getKey(), sid(e.getKey()), e.getValue(), true, ""))
              .toList());
    }
  }

  private Outcome route(String sid, NumberImage want) {
    synchronized (routes) {
      routes.replaceAll((number, image) -> sid(number).equals(sid) ? want : image);
    }
    return Outcome.applied("routed");
  }

  private static String sid(PhoneNumber number) {
    return "PN" + number.e164().substring(1);
  }
}
