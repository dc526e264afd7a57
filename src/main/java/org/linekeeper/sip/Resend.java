package org.linekeeper.sip;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.LoopTimer;

/** Says the same thing again and again, less and less often, until stopped or given up. */
final class Resend {
  private final IoLoop loop;
  private final Runnable say;
  private final UnaryOperator<Duration> next;
  private final Duration giveUpAt;
  private final Runnable givenUp;
  private @Nullable LoopTimer timer;
  private boolean stopped;

  private Resend(
      IoLoop loop,
      Runnable say,
      UnaryOperator<Duration> next,
      Duration giveUpAt,
      Runnable givenUp) {
    this.loop = loop;
    this.say = say;
    this.next = next;
    this.giveUpAt = giveUpAt;
    this.givenUp = givenUp;
  }

  /**
   * Begins; what is said the first time is said by the caller.
   *
   * @param next the wait that follows a wait
   * @param givenUp what to do when 64 times T1 have passed and nobody stopped it
   */
  static Resend start(
      IoLoop loop, SipTimers timers, UnaryOperator<Duration> next, Runnable say, Runnable givenUp) {
    Duration end = loop.ticker().now().plus(timers.giveUp());
    Resend resend = new Resend(loop, say, next, end, givenUp);
    resend.arm(timers.t1());
    return resend;
  }

  private void arm(Duration wait) {
    timer = loop.after(wait, () -> fire(wait));
  }

  private void fire(Duration wait) {
    if (stopped) {
      return;
    }
    if (loop.ticker().now().compareTo(giveUpAt) >= 0) {
      stopped = true;
      givenUp.run();
      return;
    }
    say.run();
    if (!stopped) {
      arm(next.apply(wait));
    }
  }

  void stop() {
    stopped = true;
    LoopTimer current = timer;
    if (current != null) {
      current.cancel();
    }
  }
}
