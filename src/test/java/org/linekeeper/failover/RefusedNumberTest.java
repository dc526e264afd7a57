package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Diversion;
import org.linekeeper.state.Entry;
import org.linekeeper.state.NumberImage;
import org.linekeeper.state.Outcome;

/** The carrier refuses to move one number, all day long. */
class RefusedNumberTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final InMemoryJournal journal = new InMemoryJournal();
  private final Carrier carrier = mock(Carrier.class);
  private final ControlThread thread = new ControlThread(Clockwork.real());
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<PhoneNumber, NumberImage> routes = new TreeMap<>();
  private Duration clock = Duration.ofHours(1);
  private CarrierWatch watch;
  private Runs runs;
  private RedirectControl redirects;

  @BeforeEach
  void open() {
    ExecutorService io = new Direct();
    when(carrier.numbers()).thenAnswer(call -> numbers());
    when(carrier.originationUrls(any())).thenReturn(Answer.of(List.of()));
    when(carrier.alertsSince(any())).thenReturn(Answer.of(List.of()));
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
    when(carrier.route(eq(sid(Offices.SALES)), any(), any(), any()))
        .thenReturn(Outcome.rejected("21402: the URL is not valid"));
    for (PhoneNumber number : List.of(Offices.RECEPTION, Offices.SALES, Offices.LIFT)) {
      routes.put(number, NumberImage.of(Map.of("VoiceUrl", "")));
    }
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants())));
    Core core =
        new Core(
            "w1",
            journal,
            mock(PbxControl.class),
            carrier,
            io,
            io,
            () -> NOON,
            () -> clock,
            () -> "id" + ids.incrementAndGet());
    watch = new CarrierWatch(core, thread);
    runs =
        new Runs(
            core,
            thread,
            core.around(),
            watch,
            step -> true,
            pbx -> java.util.concurrent.CompletableFuture.completedFuture(true),
            (plan, step, outcome) -> redirects.ended(step, outcome),
            () -> {},
            (plan, outcome) -> {});
    redirects = new RedirectControl(core, thread, watch, runs);
  }

  @AfterEach
  void close() {
    thread.close();
  }

  @Test
  void isToldOfOnceAndTriedLessAndLessOften() throws Exception {
    wish("d1", Offices.SALES);
    pass(Duration.ofHours(24), Duration.ofSeconds(20));
    assertThat(alarms())
        .singleElement()
        .asString()
        .contains(Offices.SALES.toString(), "21402", "repair");
    assertThat(intents()).isBetween(20, 60);
  }

  @Test
  void doesNotSlowTheOthersDown() throws Exception {
    wish("d1", Offices.SALES);
    pass(Duration.ofHours(3), Duration.ofSeconds(20));
    wish("d2", Offices.RECEPTION);
    pass(Duration.ofSeconds(2), Duration.ofSeconds(1));
    assertThat(routes.get(Offices.RECEPTION).get("VoiceUrl")).isNotEmpty();
  }

  @Test
  void isTriedAtOnceWhenTheSettingsChange() throws Exception {
    wish("d1", Offices.SALES);
    pass(Duration.ofHours(3), Duration.ofSeconds(20));
    int before = intents();
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "other", Offices.accountants())));
    pass(Duration.ofSeconds(2), Duration.ofSeconds(1));
    assertThat(intents()).isGreaterThan(before);
  }

  private void wish(String id, PhoneNumber number) {
    journal.append(
        List.of(
            new Entry.DiversionBegan(
                NOON,
                new Diversion(
                    id,
                    Selection.of(number),
                    Diversion.Route.MOBILES,
                    List.of(),
                    Actor.ITSELF,
                    "test",
                    NOON,
                    Optional.empty()))));
  }

  private void pass(Duration time, Duration step) throws Exception {
    for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(step)) {
      clock = clock.plus(step);
      onThread(() -> watch.turn(true, () -> {}));
      onThread(
          () -> {
            redirects.turn(new Picture(journal.state(), Map.of(), watch.sight(), NOON, clock));
            runs.turn();
          });
      // What was begun comes back to the thread in a few hops; outcomes are written in batches.
      for (int hop = 0; hop < 5; hop++) {
        onThread(() -> {});
      }
      while (!journal.state().openPlans().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
  }

  private void onThread(Runnable task) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    thread.post(
        () -> {
          task.run();
          done.complete(true);
        });
    done.get(5, TimeUnit.SECONDS);
  }

  private List<String> alarms() {
    return journal.latest(10_000).stream()
        .map(record -> record.entry())
        .filter(
            entry -> entry instanceof Entry.Noted note && note.weight() == Entry.Noted.Weight.ALARM)
        .map(Entry::sentence)
        .toList();
  }

  private int intents() {
    return (int)
        journal.latest(100_000).stream()
            .filter(record -> record.entry() instanceof Entry.Intended)
            .count();
  }

  private Answer<List<CarrierNumber>> numbers() {
    return Answer.of(
        routes.entrySet().stream()
            .map(e -> new CarrierNumber(e.getKey(), sid(e.getKey()), e.getValue(), true, ""))
            .toList());
  }

  private Outcome route(String sid, NumberImage want) {
    routes.replaceAll((number, image) -> sid(number).equals(sid) ? want : image);
    return Outcome.applied("routed");
  }

  private static String sid(PhoneNumber number) {
    return "PN" + number.e164().substring(1);
  }

  /** Runs everything at once, where it is asked. */
  private static final class Direct extends AbstractExecutorService {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
      return true;
    }
  }
}
