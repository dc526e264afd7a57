package org.linekeeper.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.asteriskjava.manager.action.GetVarAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.response.GetVarResponse;
import org.asteriskjava.manager.response.ManagerResponse;
import org.linekeeper.asterisk.AmiAnswer.Kind;
import org.linekeeper.state.Epoch;

/**
 * Opens, closes and reads one PBX's role gate: a global variable that holds until when it is
 * closed, by the PBX's own clock. No clock of ours is compared with it.
 */
final class GateControl {
  /** The dialplan takes a gate that would stay closed for longer for a mistake, and opens it. */
  static final Duration LONGEST = Duration.ofSeconds(300);

  private static final String CLOSED_UNTIL = "LK_CLOSED_UNTIL";
  private static final String EPOCH = "LK_EPOCH";

  private final AmiSession session;

  /** How often the gate was opened, so that a closing begun before that is noticed. */
  private final AtomicLong opened = new AtomicLong();

  GateControl(AmiSession session) {
    this.session = session;
  }

  /**
   * @param still asked once more when the PBX has told the time: if it says no, nothing is done
   */
  CompletableFuture<AmiAnswer<Gate>> close(
      Duration lease, Epoch epoch, BooleanSupplier still, Duration deadline) {
    if (lease.compareTo(LONGEST) >= 0 || lease.isNegative()) {
      throw new IllegalArgumentException("a gate cannot be closed for " + lease);
    }
    long openedBefore = opened.get();
    return clock(deadline)
        .thenCompose(
            clock ->
                clock
                    .value()
                    .map(now -> closeUntil(now.plus(lease), openedBefore, epoch, still, deadline))
                    .orElseGet(() -> ended(clock)));
  }

  /** Closing asks for the clock first: whoever opened the gate meanwhile must not be undone. */
  private synchronized CompletableFuture<AmiAnswer<Gate>> closeUntil(
      Instant until, long openedBefore, Epoch epoch, BooleanSupplier still, Duration deadline) {
    if (!still.getAsBoolean()) {
      return CompletableFuture.completedFuture(
          AmiAnswer.no(Kind.REFUSED, "it is not this watcher's to close any more"));
    }
    return opened.get() == openedBefore
        ? set(Optional.of(wholeSecondAfter(until)), epoch, deadline)
        : CompletableFuture.completedFuture(
            AmiAnswer.no(Kind.REFUSED, "its gate was opened meanwhile, and stays open"));
  }

  synchronized CompletableFuture<AmiAnswer<Gate>> open(Epoch epoch, Duration deadline) {
    opened.incrementAndGet();
    return set(Optional.empty(), epoch, deadline);
  }

  /** AMI handles the actions of one session in order, so the last answer vouches for all. */
  private CompletableFuture<AmiAnswer<Gate>> set(
      Optional<Instant> until, Epoch epoch, Duration deadline) {
    String seconds = Long.toString(until.map(Instant::getEpochSecond).orElse(0L));
    CompletableFuture<AmiAnswer<ManagerResponse>> told =
        session.ask(new SetVarAction(CLOSED_UNTIL, seconds), deadline);
    CompletableFuture<AmiAnswer<ManagerResponse>> toldEpoch =
        session.ask(new SetVarAction(EPOCH, epoch.toString()), deadline);
    return read(deadline)
        .thenCombine(
            told, (gate, set) -> set.ok() ? gate : AmiAnswer.<Gate>no(set.kind(), set.said()))
        .thenCombine(
            toldEpoch, (gate, set) -> set.ok() ? gate : AmiAnswer.<Gate>no(set.kind(), set.said()))
        .thenApply(answer -> answer.then(gate -> confirmed(gate, until)));
  }

  private static AmiAnswer<Gate> confirmed(Gate gate, Optional<Instant> until) {
    if (!gate.closedUntil().equals(until)) {
      return AmiAnswer.no(Kind.REFUSED, "the gate was read back as " + words(gate));
    }
    return AmiAnswer.done(gate, words(gate));
  }

  CompletableFuture<AmiAnswer<Gate>> read(Duration deadline) {
    CompletableFuture<AmiAnswer<Instant>> clock = clock(deadline);
    CompletableFuture<AmiAnswer<Long>> until = number(CLOSED_UNTIL, deadline);
    return number(EPOCH, deadline)
        .thenCombine(
            until.thenCombine(
                clock,
                (seconds, now) ->
                    seconds.then(s -> now.map(at -> new Gate(instant(s), at, Epoch.NONE)))),
            (epoch, gate) ->
                gate.then(
                    g ->
                        epoch.map(
                            e -> new Gate(g.closedUntil(), g.now(), new Epoch(Math.max(0, e))))))
        .thenApply(answer -> answer.then(gate -> AmiAnswer.done(gate, words(gate))));
  }

  /** A Ping's answer carries the PBX's own clock. In one order with what sets the gate. */
  CompletableFuture<AmiAnswer<Instant>> clock(Duration deadline) {
    return session.ask(new PingAction(), deadline).thenApply(answer -> answer.then(PbxClock::of));
  }

  private CompletableFuture<AmiAnswer<Long>> number(String variable, Duration deadline) {
    return session
        .ask(new GetVarAction(variable), deadline)
        .thenApply(answer -> answer.map(GateControl::number));
  }

  /** As the dialplan reads it: whatever is no digit counts as nothing. */
  private static Long number(ManagerResponse response) {
    String value = response instanceof GetVarResponse got ? got.getValue() : null;
    String digits = value == null ? "" : value.replaceAll("[^0-9]", "");
    return digits.isEmpty() || digits.length() > 15 ? 0L : Long.parseLong(digits);
  }

  private static Optional<Instant> instant(long seconds) {
    return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
  }

  private static Instant wholeSecondAfter(Instant at) {
    // the dialplan compares whole seconds: rounding up never opens a gate early
    return Instant.ofEpochSecond(at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0));
  }

  private static String words(Gate gate) {
    return gate.closed()
        ? "closed for another "
            + Duration.between(gate.now(), gate.closedUntil().orElseThrow()).toMillis()
            + " ms"
        : "open";
  }

  private static <T> CompletableFuture<AmiAnswer<T>> ended(AmiAnswer<?> how) {
    return CompletableFuture.completedFuture(AmiAnswer.no(how.kind(), how.said()));
  }
}
