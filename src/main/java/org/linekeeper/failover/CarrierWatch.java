package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.carrier.CarrierNumber;
import org.linekeeper.carrier.DeliveredCall;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.routing.Found;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.State;

/** Asks the carrier now and then, and remembers what it said. Runs on the control thread. */
final class CarrierWatch {
  /** How often the carrier is asked while nothing is the matter. */
  private static final Duration CALM = Duration.ofSeconds(15);

  /** How often while a PBX cannot serve: its evidence decides about mobiles. */
  private static final Duration TROUBLE = Duration.ofSeconds(2);

  /** What is done at once about a PBX that fails has the machine to itself: callers wait for it. */
  private static final Duration TROUBLE_LASTS = Duration.ofMillis(250);

  /** Alerts appear in the carrier's log with a delay, so each look goes back. */
  private static final Duration ALERT_DELAY = Duration.ofMinutes(15);

  /** A question whether the office is cut off waits for a night; nobody calls, nothing is seen. */
  private static final Duration ALERTS_KEPT = Duration.ofHours(12);

  /** Far more than any decision needs. */
  private static final int MOST_ALERTS = 200;

  private final Core core;
  private final ControlThread thread;
  private CarrierSight sight = CarrierSight.NONE;
  private Map<PhoneNumber, Found> numbers = Map.of();
  private final Map<String, Undelivered> undelivered = new LinkedHashMap<>();

  /** Evidence from before this has had its answer: numbers have rung on mobiles since. */
  private Instant answered = Instant.MIN;

  private Optional<Duration> asked = Optional.empty();
  private Optional<Duration> troubled = Optional.empty();
  private boolean asking;
  private boolean answers;
  private String trouble = "the carrier has not been asked yet";

  CarrierWatch(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
  }

  CarrierSight sight() {
    return sight;
  }

  /** Every number as the carrier had it when it was asked last, and as changed since. */
  Map<PhoneNumber, Found> numbers() {
    return numbers;
  }

  /** Why the carrier cannot be asked; empty text while it can. */
  String trouble() {
    return trouble;
  }

  /** Whether every question of the latest look was answered. */
  boolean answers() {
    return answers;
  }

  /** Whether an answer is on its way. */
  boolean asking() {
    return asking;
  }

  /** Asks again if it is time to. */
  void turn(boolean allReady, Runnable news) {
    Duration now = core.ticker().now();
    troubled = allReady ? Optional.empty() : troubled.or(() -> Optional.of(now));
    boolean lasts = troubled.filter(at -> now.minus(at).compareTo(TROUBLE_LASTS) >= 0).isPresent();
    Duration period = lasts ? TROUBLE : CALM;
    boolean due = asked.map(at -> now.minus(at).compareTo(period) >= 0).orElse(true);
    // Before there are settings there is nothing to ask about, and the first look is not used up.
    if (due && !asking && core.state().settings().isPresent()) {
      asked = Optional.of(now);
      look(true, ignored -> news.run());
    }
  }

  private record Look(
      Answer<List<CarrierNumber>> numbers,
      Answer<List<OriginationUrl>> rows,
      Answer<List<CarrierAlert>> alerts,
      Answer<List<DeliveredCall>> delivered) {
    boolean reached() {
      return numbers.problem() != Answer.Problem.UNREACHABLE;
    }

    boolean whole() {
      return Stream.of(numbers, rows, alerts, delivered)
          .noneMatch(answer -> answer.problem() == Answer.Problem.UNREACHABLE);
    }

    Optional<String> problem() {
      return List.of(numbers, rows, alerts, delivered).stream()
          .filter(answer -> !answer.ok())
          .map(Answer::said)
          .findFirst();
    }
  }

  /** What a look has brought anew. */
  record Fresh(boolean numbers, boolean rows) {
    static final Fresh NOTHING = new Fresh(false, false);
  }

  /**
   * Asks now. Numbers and rows are read before anything is changed, so that what is put back later
   * is what was there.
   *
   * @param then told on the control thread what is fresh
   */
  void refresh(Consumer<Fresh> then) {
    look(false, then);
  }

  /**
   * @param evidence whether it is asked as well which calls were lost and which got in, which may
   *     take longer
   */
  private void look(boolean evidence, Consumer<Fresh> then) {
    Optional<String> trunk =
        core.state().settings().map(settings -> settings.estate().trunk().sid());
    if (trunk.isEmpty()) {
      then.accept(Fresh.NOTHING);
      return;
    }
    asking = true;
    Instant since = core.now().minus(ALERT_DELAY);
    CompletableFuture<Answer<List<CarrierNumber>>> read = ask(() -> core.carrier().numbers());
    CompletableFuture<Answer<List<OriginationUrl>>> rows =
        ask(() -> core.carrier().originationUrls(trunk.get()));
    // Never one without the other: what was lost looks worse than it is beside what got in.
    CompletableFuture<Answer<List<CarrierAlert>>> alerts =
        evidence
            ? ask(() -> core.carrier().alertsSince(since))
            : CompletableFuture.completedFuture(Answer.of(List.of()));
    CompletableFuture<Answer<List<DeliveredCall>>> delivered =
        evidence
            ? alerts.thenCompose(delivered(trunk.get()))
            : CompletableFuture.completedFuture(Answer.of(List.of()));
    CompletableFuture<Look> look =
        CompletableFuture.allOf(read, rows, alerts, delivered)
            .thenApply(all -> new Look(read.join(), rows.join(), alerts.join(), delivered.join()));
    thread.then(
        look,
        seen -> {
          asking = false;
          remember(seen);
          then.accept(new Fresh(seen.numbers().ok(), seen.rows().ok()));
        },
        fault -> {
          asking = false;
          trouble = "a defect in Linekeeper while asking the carrier: " + fault;
          then.accept(Fresh.NOTHING);
        });
  }

  /** Only if some calls were not: which ones were is one more request. */
  private Function<Answer<List<CarrierAlert>>, CompletableFuture<Answer<List<DeliveredCall>>>>
      delivered(String trunk) {
    boolean doubt = sight.lastUndelivered(Instant.MIN).findAny().isPresent();
    Set<PhoneNumber> ours =
        core.state().settings().stream()
            .flatMap(settings -> settings.estate().numbers().stream())
            .map(OfficeNumber::number)
            .collect(Collectors.toSet());
    return alerts ->
        doubt || alerts.value().stream().flatMap(List::stream).anyMatch(Undelivered::tells)
            ? ask(() -> core.carrier().delivered(trunk, ours))
            : CompletableFuture.completedFuture(Answer.of(List.of()));
  }

  private <T> CompletableFuture<Answer<T>> ask(Supplier<Answer<T>> question) {
    try {
      return CompletableFuture.supplyAsync(question, core.io());
    } catch (RejectedExecutionException full) {
      return CompletableFuture.completedFuture(
          Answer.no(Answer.Problem.UNREACHABLE, "too much is under way to ask the carrier"));
    }
  }

  private void remember(Look seen) {
    trouble = seen.problem().orElse("");
    answers = seen.whole();
    seen.numbers().value().ifPresent(this::remember);
    List<OriginationUrl> rows = seen.rows().value().orElse(sight.rows());
    seen.alerts().value().ifPresent(alerts -> remember(alerts, rows));
    sight =
        new CarrierSight(
            seen.reached(),
            rows,
            List.copyOf(undelivered.values()),
            latest(seen.delivered().value().orElse(List.of())));
  }

  /** Not one that the carrier answered itself, since it could not deliver it. */
  private Optional<Instant> latest(List<DeliveredCall> calls) {
    Set<String> lost =
        undelivered.values().stream().map(Undelivered::call).collect(Collectors.toSet());
    return Stream.concat(
            calls.stream().filter(call -> !lost.contains(call.sid())).map(DeliveredCall::at),
            sight.delivered().stream())
        .max(Comparator.naturalOrder());
  }

  private void remember(List<CarrierAlert> alerts, List<OriginationUrl> rows) {
    State state = core.state();
    Instant now = core.now();
    if (state.emergency().isPresent()) {
      answered = now;
    }
    String trunk = state.settings().map(s -> s.estate().trunk().sid()).orElse("");
    for (CarrierAlert alert : alerts) {
      Undelivered.of(alert, trunk, rows).ifPresent(call -> undelivered.put(alert.sid(), call));
    }
    undelivered
        .values()
        .removeIf(
            call -> !call.at().isAfter(answered) || call.at().isBefore(now.minus(ALERTS_KEPT)));
    undelivered.keySet().stream()
        .limit(Math.max(0, undelivered.size() - MOST_ALERTS))
        .toList()
        .forEach(undelivered::remove);
  }

  private void remember(List<CarrierNumber> read) {
    Map<PhoneNumber, Found> fresh = new TreeMap<>();
    read.forEach(number -> fresh.put(number.number(), new Found(number.sid(), number.image())));
    numbers = fresh;
  }

  /** A step changed the number: no need to ask before showing it. */
  void changed(PhoneNumber number, Found now) {
    Map<PhoneNumber, Found> after = new TreeMap<>(numbers);
    after.put(number, now);
    numbers = after;
  }

  /** A step changed a row. */
  void changed(OriginationUrl row) {
    sight =
        new CarrierSight(
            sight.reachable(),
            sight.rows().stream().map(r -> r.sid().equals(row.sid()) ? row : r).toList(),
            sight.undelivered(),
            sight.delivered());
  }
}
