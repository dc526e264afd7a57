package org.linekeeper.probe;

import java.time.Duration;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Seen;

/**
 * When is a PBX so silent that the other one should look at it? Begins with the first missed
 * deadlines, long before the freeze tolerance is over, and asks a few times a second at most.
 */
final class Suspicion {
  /** A PBX that has been dead for long is looked at as rarely as this. */
  private static final Duration LONGEST = Duration.ofSeconds(16);

  /** So many looks in a row must be lost before they are thinned out. */
  private static final int LOST = 3;

  private final Duration every;
  private int lost;
  private Duration pause;
  private Duration due = Duration.ZERO;
  private int sipMissed;
  private boolean amiMissed;

  Suspicion(Duration every) {
    this.every = every;
    pause = every;
  }

  /**
   * Whether to look now. One lost packet is no suspicion, two silences are. The end of a session
   * always is one: a process that is gone is found within 40 ms, so the look must be under way at
   * once.
   */
  synchronized boolean saw(Observation seen) {
    return switch (seen.probe()) {
      case SIP_OPTIONS -> sip(seen) && timeTo(seen.at());
      case AMI_PING -> {
        amiMissed = seen.seen() != Seen.ANSWERED;
        yield false;
      }
      case AMI_SESSION -> session(seen);
      default -> false;
    };
  }

  private boolean sip(Observation seen) {
    switch (seen.seen()) {
      case SILENT, REFUSED, CLOSED -> sipMissed++;
      case ANSWERED, TURNED_AWAY, FAILED, NOT_ASKED -> {
        sipMissed = 0;
        lost = 0;
        pause = every;
      }
    }
    return sipMissed > 1 || (sipMissed > 0 && amiMissed);
  }

  private boolean session(Observation seen) {
    amiMissed = seen.seen() != Seen.ANSWERED;
    boolean ended = seen.seen() == Seen.CLOSED || seen.seen() == Seen.REFUSED;
    if (ended) {
      due = seen.at().plus(pause);
    }
    return ended;
  }

  private boolean timeTo(Duration now) {
    boolean time = now.compareTo(due) >= 0;
    due = time ? now.plus(pause) : due;
    return time;
  }

  /**
   * What the look saw. The one that looks may be the one that serves by now and have better things
   * to do, so that one that stays dead is looked at more and more rarely.
   */
  synchronized void looked(boolean alive) {
    lost = alive ? 0 : lost + 1;
    if (lost > 0 && lost < LOST) {
      return; // a packet may have been lost, and the last answer still speaks for it meanwhile
    }
    Duration doubled = pause.multipliedBy(2);
    Duration longer = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    pause = alive ? every : longer;
  }
}
