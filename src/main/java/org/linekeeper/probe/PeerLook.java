package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * A second pair of eyes: as soon as a PBX leaves this watcher without an answer, the other PBX is
 * asked to look whether its SIP is alive. Asked beside everything else and never waited for: if no
 * answer comes in time, what this watcher sees stands.
 *
 * <p>Only the answer of the dialplan itself counts as life. A PBX that answers the other one with
 * 488, 503 or anything else is not said to be well.
 */
final class PeerLook {
  /** The dialplan's {@code Hangup(17)}. */
  private static final int BUSY_HERE = 486;

  /** A PBX that has been dead for long is looked at as rarely as this. */
  private static final Duration LONGEST = Duration.ofSeconds(16);

  private final Side from;
  private final Side to;
  private final Profile.Deep times;
  private final Outstanding outstanding = Outstanding.one();
  private int sipMissed;
  private boolean amiMissed;
  private Duration due = Duration.ZERO;
  private Duration pause;

  PeerLook(Side from, Side to, Profile profile) {
    this.from = from;
    this.to = to;
    times = profile.deep();
    pause = times.lookEvery();
  }

  /** What this watcher itself saw of the PBX. */
  void saw(Observation seen) {
    if (suspicious(seen) && timeTo(seen.at())) {
      outstanding.ask(this::look);
    }
  }

  /**
   * One lost packet is no suspicion, two silences are. The end of a session is always one: a
   * process that is gone is found within 40 ms, so the look must be under way at once.
   */
  private synchronized boolean suspicious(Observation seen) {
    switch (seen.probe()) {
      case SIP_OPTIONS -> sip(seen.seen());
      case AMI_PING -> amiMissed = seen.seen() != Seen.ANSWERED;
      case AMI_SESSION -> {
        amiMissed = seen.seen() != Seen.ANSWERED;
        if (seen.seen() == Seen.CLOSED) {
          due = Duration.ZERO;
          return true;
        }
      }
      default -> {
        return false;
      }
    }
    return sipMissed > 1 || (sipMissed > 0 && amiMissed);
  }

  private void sip(Seen seen) {
    switch (seen) {
      case SILENT, REFUSED, CLOSED -> sipMissed++;
      case ANSWERED, TURNED_AWAY, FAILED -> {
        sipMissed = 0;
        pause = times.lookEvery();
      }
      case NOT_ASKED -> sipMissed = 0;
    }
  }

  private synchronized boolean timeTo(Duration now) {
    if (now.compareTo(due) < 0) {
      return false;
    }
    due = now.plus(pause);
    return true;
  }

  private CompletionStage<Void> look() {
    Duration asked = to.reporter().now();
    return from.link()
        .look(from.peer(), times.lookDeadline())
        .thenAccept(answer -> report(answer, asked));
  }

  private void report(AmiAnswer<PeerCall> answer, Duration asked) {
    boolean alive = answer.value().filter(call -> call.code().orElse(0) == BUSY_HERE).isPresent();
    longerPauseUnless(alive);
    Seen seen =
        switch (answer.kind()) {
          case DONE -> alive ? Seen.ANSWERED : Seen.FAILED;
          case REFUSED -> Seen.SILENT;
          case NOT_ALLOWED, SILENT, NOT_CONNECTED -> Seen.NOT_ASKED;
        };
    String said =
        alive
            ? from.pbx() + " reaches its SIP"
            : from.pbx() + " does not reach its SIP: " + answer.said();
    to.reporter().answer(Probe.PEER_LOOK, seen, asked, said);
  }

  /** The one that looks may be the one that serves now, and has better things to do. */
  private synchronized void longerPauseUnless(boolean alive) {
    Duration doubled = pause.multipliedBy(2);
    Duration longer = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    pause = alive ? times.lookEvery() : longer;
  }
}
