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

  private final Side from;
  private final Side to;
  private final Profile.Deep times;
  private final Suspicion suspicion;
  private final Outstanding outstanding = Outstanding.one();

  PeerLook(Side from, Side to, Profile profile) {
    this.from = from;
    this.to = to;
    times = profile.deep();
    suspicion = new Suspicion(times.lookEvery());
  }

  /** What this watcher itself saw of the PBX. */
  void saw(Observation seen) {
    if (suspicion.saw(seen)) {
      outstanding.ask(this::look);
    }
  }

  private CompletionStage<Void> look() {
    Duration asked = to.reporter().now();
    return from.link()
        .look(from.peer(), times.lookDeadline())
        .thenAccept(answer -> report(answer, asked));
  }

  private void report(AmiAnswer<PeerCall> answer, Duration asked) {
    boolean alive = answer.value().filter(call -> call.code().orElse(0) == BUSY_HERE).isPresent();
    Seen seen =
        switch (answer.kind()) {
          case DONE -> alive ? Seen.ANSWERED : Seen.FAILED;
          case REFUSED -> Seen.SILENT;
          case NOT_ALLOWED, SILENT, NOT_CONNECTED -> Seen.NOT_ASKED;
        };
    if (seen != Seen.NOT_ASKED) {
      suspicion.looked(alive); // one that could not look has not found it dead
    }
    String said =
        alive
            ? from.pbx() + " reaches its SIP"
            : from.pbx() + " does not reach its SIP: " + answer.said();
    to.reporter().answer(Probe.PEER_LOOK, seen, asked, said);
  }
}
