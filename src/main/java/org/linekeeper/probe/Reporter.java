package org.linekeeper.probe;

import java.time.Duration;
import java.util.function.Consumer;
import org.linekeeper.estate.PbxId;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/** Turns what one PBX's probes saw into observations. */
final class Reporter {
  private final PbxId pbx;
  private final Ticker ticker;
  private final OwnLiveness liveness;
  private final Consumer<Observation> sink;

  Reporter(PbxId pbx, Ticker ticker, OwnLiveness liveness, Consumer<Observation> sink) {
    this.pbx = pbx;
    this.ticker = ticker;
    this.liveness = liveness;
    this.sink = sink;
  }

  Duration now() {
    return ticker.now();
  }

  /** News that nobody asked for. */
  void news(Probe probe, Seen seen, String said) {
    report(seen(probe, seen, now(), said));
  }

  /** What came, now, of a question sent at that moment. */
  void answer(Probe probe, Seen seen, Duration asked, String said) {
    report(seen(probe, seen, asked, said));
  }

  Observation seen(Probe probe, Seen seen, Duration asked, String said) {
    Duration now = now();
    return new Observation(pbx, probe, seen, now, now.minus(asked), said);
  }

  void report(Observation observation) {
    // First, whatever was seen: a stall told after an answer would shift that into the future.
    liveness.check();
    sink.accept(observation);
  }
}
