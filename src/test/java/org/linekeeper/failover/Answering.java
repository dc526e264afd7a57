package org.linekeeper.failover;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/** A PBX that goes on answering, as one must that calls are to move to. */
final class Answering implements AutoCloseable {
  /** Gives what a probe sees of a PBX at this moment. */
  interface Eye {
    Observation seen(PbxId pbx, Probe probe, Seen seen);
  }

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final ControlLoop loop;
  private final Eye eye;

  Answering(ControlLoop loop, Eye eye) {
    this.loop = loop;
    this.eye = eye;
  }

  /** From now on, ten times a second and more. */
  void begin(PbxId pbx) {
    thread.scheduleAtFixedRate(() -> answer(pbx), 0, 50, TimeUnit.MILLISECONDS);
  }

  private void answer(PbxId pbx) {
    loop.observed(eye.seen(pbx, Probe.AMI_PING, Seen.ANSWERED));
    loop.observed(eye.seen(pbx, Probe.SIP_OPTIONS, Seen.ANSWERED));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
