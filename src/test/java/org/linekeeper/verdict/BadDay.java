package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** One PBX, probed ten times a second with the shipped lan profile, through a bad day. */
abstract class BadDay {
  static final PbxId PBX = new PbxId("primary");

  Judge judge = Judge.of(PBX, Profile.lan(), Duration.ZERO);

  /** Milliseconds since watching began. */
  long now;

  private boolean session;

  void healthyFor(long millis) {
    if (!session) {
      saw(Probe.AMI_SESSION, Seen.ANSWERED, 3);
    }
    for (long until = now + millis; now < until; ) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    }
  }

  /** Questions go on, no answers come; each is reported missed half a second later. */
  void silentFor(long millis) {
    for (long from = now, until = now + millis; now < until; ) {
      now += 10;
      if ((now - from) % 100 == 0 && now - from >= 500) {
        saw(Probe.AMI_PING, Seen.SILENT, 500);
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
    }
  }

  void looked(Seen seen, long took) {
    saw(Probe.PEER_LOOK, seen, took);
  }

  void callsFail() {
    healthyFor(3000);
    for (Seen seen : List.of(Seen.ANSWERED, Seen.FAILED, Seen.FAILED)) {
      saw(Probe.CANARY, seen, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
  }

  void saw(Probe probe, Seen seen, long took) {
    session = probe == Probe.AMI_SESSION ? seen == Seen.ANSWERED : session;
    judge =
        judge.saw(
            new Observation(
                PBX, probe, seen, Duration.ofMillis(now), Duration.ofMillis(took), "as seen"));
  }

  Kind verdict() {
    judge = judge.at(Duration.ofMillis(now));
    return judge.verdict().kind();
  }
}
