package org.linekeeper.probe;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.TestCall;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a call from outside arrive, and is it heard? The carrier calls a number of the office's and
 * keys digits that nobody can know; the PBX answers and tells over AMI what it heard.
 *
 * <p>Each call costs money, so they are rare and bounded: one at a time, a minute apart, so many an
 * hour, counted at the carrier, where other watchers' calls and those of an earlier life are
 * counted as well. Has one thread, and keeps nobody waiting.
 */
public final class CarrierCalls implements PbxListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierCalls.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Between the beginnings of two calls. */
  static final Duration APART = Duration.ofMinutes(1);

  /** Within an hour. */
  static final int MOST_AN_HOUR = 10;

  /** How often somebody who suspects something is listened to. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A failed call is tried again after this: one may be the carrier's own hiccup. */
  private static final Duration AGAIN = APART.plusSeconds(5);

  /** While calls go on failing: soon enough to see that it is over. */
  private static final Duration STILL = Duration.ofMinutes(10);

  /**
   * Within a day, because something is suspected: what is suspected may last for days, and each
   * call costs money.
   */
  static final int MOST_SUSPICIONS_A_DAY = 20;

  /** Ringing, talking, and what the carrier takes to say so. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** What the PBX heard may come after the carrier has said that the call is over. */
  private static final Duration LATE_EVENT = Duration.ofSeconds(2);

  private static final String HEARD = "the carrier's test call was answered and heard";
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * What is to be called.
   *
   * @param number the office's test number
   * @param from another number of the account
   * @param every between two calls; empty: only when something is suspected
   */
  public record Plan(PhoneNumber number, PhoneNumber from, Optional<Duration> every) {}

  /** What a PBX says that it heard. */
  private record Heard(PbxId pbx, String digits) {}

  private final Carrier carrier;
  private final Plan plan;
  private final Supplier<Optional<PbxId>> active;
  private final Predicate<PbxId> hears;
  private final Supplier<Optional<String>> suspicion;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Consumer<Observation> sink;
  private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>(100);
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread t = new Thread(task, "carrier-test-call");
            t.setDaemon(true);
            return t;
          });
  private @Nullable ScheduledFuture<?> looking;
  private Duration lately;
  private int failed;
  private String last = "";
  private Optional<String> suspectedLast = Optional.empty();

  /** Whether the latest call has shown that what is suspected is not so. */
  private boolean settled;

  private final ArrayDeque<Duration> suspicious = new ArrayDeque<>();

  /**
   * Places no call yet.
   *
   * @param active which PBX the carrier's calls are for, if that is known
   * @param hears whether what that PBX says over AMI reaches this watcher now
   * @param suspicion why a call is wanted at once; empty while nothing is suspected. Asked once a
   *     second, from another thread
   * @param sink told of each call that tells something; only enqueues
   */
  public CarrierCalls(
      Carrier carrier,
      Plan plan,
      Supplier<Optional<PbxId>> active,
      Predicate<PbxId> hears,
      Supplier<Optional<String>> suspicion,
      InstantSource clock,
      Ticker ticker,
      Consumer<Observation> sink) {
    this.carrier = carrier;
    this.plan = plan;
    this.active = active;
    this.hears = hears;
    this.suspicion = suspicion;
    this.clock = clock;
    this.ticker = ticker;
    this.sink = sink;
    this.lately = ticker.now();
  }

  /** Begins: the first regular call comes when its time has passed, not at each start. */
  public void start() {
    lately = ticker.now();
    looking = thread.scheduleWithFixedDelay(this::look, 0, LOOK.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void onCarrierCall(PbxId pbx, String digits) {
    if (!heard.offer(new Heard(pbx, digits))) {
      heard.clear(); // somebody dials the test number all day; a call of ours begins anew
    }
  }

  private void look() {
    try {
      why().ifPresent(this::callIfAllowed);
    } catch (RuntimeException defect) {
      LOG.error("A defect in Linekeeper: the carrier's test calls", defect);
    }
  }

  /** Why there should be a call now. */
  private Optional<String> why() {
    Duration since = ticker.since(lately);
    if (since.compareTo(APART) > 0 && failed == 0) {
      Optional<String> suspected = suspected(since);
      if (suspected.isPresent()) {
        return suspected;
      }
    }
    if (failed > 0 && since.compareTo(failed == 1 ? AGAIN : STILL) > 0) {
      return Optional.of("the one before failed");
    }
    return plan.every()
        .filter(every -> since.compareTo(every) > 0)
        .map(every -> "it is time for one");
  }

  /** What is suspected, if a call would tell something that is not known yet. */
  private Optional<String> suspected(Duration since) {
    Optional<String> suspected = suspicion.get();
    boolean news = !suspected.equals(suspectedLast);
    suspectedLast = suspected;
    settled = settled && !news;
    Duration now = ticker.now();
    suspicious.removeIf(at -> now.minus(at).compareTo(Duration.ofDays(1)) > 0);
    boolean worthACall = news || (!settled && since.compareTo(STILL) > 0);
    if (suspected.isEmpty() || !worthACall || suspicious.size() >= MOST_SUSPICIONS_A_DAY) {
      return Optional.empty();
    }
    return suspected;
  }

  /** As seen by the carrier, which knows of other watchers' calls too. */
  private void callIfAllowed(String why) {
    lately = ticker.now();
    Optional<PbxId> serving = active.get();
    if (serving.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Answer<List<TestCall>> before =
        carrier.testCalls(plan.from(), plan.number(), now.minus(Duration.ofHours(1)));
    if (before.value().filter(calls -> allowed(calls, now)).isEmpty()) {
      LOG.info(
          "No test call by the carrier now ({}): {}",
          why,
          before.ok() ? "enough were placed lately" : before.said());
      return;
    }
    LOG.info("The carrier is asked for a test call: {}", why);
    if (suspectedLast.equals(Optional.of(why))) {
      suspicious.add(ticker.now()); // only what is really placed costs money
    }
    call(serving.get());
  }

  private static boolean allowed(List<TestCall> before, Instant now) {
    return before.size() < MOST_AN_HOUR
        && before.stream().noneMatch(TestCall::underWay)
        && before.stream().noneMatch(call -> call.at().isAfter(now.minus(APART)));
  }

  private void call(PbxId serving) {
    heard.clear();
    String digits = fresh();
    Duration asked = ticker.now();
    Instant began = clock.instant();
    Answer<TestCall> placed = carrier.testCall(plan.from(), plan.number(), digits);
    if (!placed.ok() && placed.problem() != Answer.Problem.UNREACHABLE) {
      String said = "the carrier places no test call: " + placed.said();
      report(serving, Seen.NOT_ASKED, asked, said + "; look at carrier.test-call");
      return;
    }
    Optional<TestCall> call = placed.value().or(() -> readBack(began));
    if (call.isEmpty()) {
      return; // whether it was placed is not known; the next one waits until it would be over
    }
    follow(call.get(), digits, serving, asked);
  }

  /** A request without an answer may have been obeyed. */
  private Optional<TestCall> readBack(Instant began) {
    pause(POLL);
    // the carrier's clock is not ours, and it tells whole seconds
    Instant since = began.minusSeconds(30);
    return carrier.testCalls(plan.from(), plan.number(), since).value().stream()
        .flatMap(List::stream)
        .findFirst();
  }

  private void follow(TestCall call, String digits, PbxId serving, Duration asked) {
    Optional<TestCall> now = Optional.of(call);
    // Somebody else may dial the test number while our call rings; only our own digits are surely
    // ours before the carrier has said how our call ended.
    Optional<Heard> other = Optional.empty();
    boolean heardOf = hears.test(serving);
    while (ticker.since(asked).compareTo(LONGEST) < 0 && !Thread.interrupted()) {
      Optional<Heard> told = told(now.filter(TestCall::underWay).isPresent() ? POLL : LATE_EVENT);
      heardOf = heardOf && hears.test(serving);
      if (told.filter(t -> t.digits().equals(digits)).isPresent()) {
        report(told.get().pbx(), Seen.ANSWERED, asked, HEARD);
        return;
      }
      other = told.isPresent() ? told : other;
      if (told.isEmpty() && now.filter(c -> !c.underWay()).isPresent()) {
        over(now.get(), other, heardOf, serving, asked);
        return;
      }
      now = carrier.testCall(call.sid()).value().or(() -> Optional.of(call));
    }
  }

  private void notHeard(Heard told, Duration asked) {
    if (told.digits().isEmpty()) {
      report(
          told.pbx(),
          Seen.FAILED,
          asked,
          "answered, but nothing of it was heard: audio from the carrier does not arrive; look at"
              + " external_media_address of the trunk's transport, and whether the firewall lets"
              + " RTP in");
    } else {
      report(
          told.pbx(),
          Seen.FAILED,
          asked,
          "answered, but other digits were heard than the carrier keyed: audio is lost on the way,"
              + " or dtmf_mode of the trunk is not rfc4733");
    }
  }

  private void over(
      TestCall call, Optional<Heard> told, boolean heardOf, PbxId serving, Duration asked) {
    boolean taken = call.stage() == TestCall.Stage.WAS_ANSWERED;
    if (taken && !heardOf) {
      settle(serving);
      return;
    }
    if (taken && told.isPresent()) {
      notHeard(told.get(), asked);
      return;
    }
    if (!active.get().equals(Optional.of(serving))) {
      return; // calls were moved meanwhile, and it may have met either
    }
    if (taken) {
      report(
          serving,
          Seen.TURNED_AWAY,
          asked,
          "answered, but not by linekeeper-carrier-test: the number leads elsewhere, or its"
              + " extension is missing (dialplans/README.md)");
    } else {
      report(
          serving,
          Seen.SILENT,
          asked,
          "not answered ("
              + call.said()
              + "): the carrier does not reach it; look at the office's line, the firewall and the"
              + " origination URL");
    }
  }

  /**
   * Somebody took the call, and what the PBX may have said of it could not be heard here: it speaks
   * for the PBX rather than against it, and proves nothing.
   */
  private void settle(PbxId serving) {
    LOG.info(
        "The carrier's test call was answered; what {} heard is not known, since this watcher does"
            + " not hear it",
        serving);
    failed = 0;
    settled = true;
  }

  private void report(PbxId pbx, Seen seen, Duration asked, String said) {
    boolean asksAgain = seen != Seen.ANSWERED && seen != Seen.NOT_ASKED;
    failed = asksAgain ? failed + 1 : 0;
    settled = seen == Seen.ANSWERED;
    Duration now = ticker.now();
    sink.accept(new Observation(pbx, Probe.CARRIER_CALL, seen, now, now.minus(asked), said));
  }

  private Optional<Heard> told(Duration wait) {
    try {
      return Optional.ofNullable(heard.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void pause(Duration time) {
    told(time).ifPresent(heard::offer);
  }

  /** Four digits, other than the last time. */
  private String fresh() {
    String digits = last;
    while (digits.equals(last)) {
      digits = "%04d".formatted(RANDOM.nextInt(10_000));
    }
    last = digits;
    return digits;
  }

  @Override
  public void close() {
    ScheduledFuture<?> current = looking;
    if (current != null) {
      current.cancel(true);
    }
    thread.shutdownNow();
  }
}
