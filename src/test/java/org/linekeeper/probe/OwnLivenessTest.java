package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/** The watcher's own machine was busy: the PBX must not be blamed. */
class OwnLivenessTest {
  final AtomicReference<Duration> now = new AtomicReference<>(Duration.ZERO);
  final Workers workers = Workers.start(now::get);
  final List<Duration> stalls = new CopyOnWriteArrayList<>();
  final OwnLiveness liveness = new OwnLiveness(workers, stalls::add);

  @AfterEach
  void stop() {
    liveness.close();
    workers.close();
  }

  @Test
  void aPauseOfThisProcessIsToldOnceAndBeforeAnythingIsHeldAgainstAPbx() {
    liveness.start();

    now.set(Duration.ofMillis(820));
    liveness.check();

    assertThat(stalls).containsExactly(Duration.ofMillis(800));
  }

  @Test
  void aTickThatIsALittleLateIsNoStall() {
    liveness.start();

    now.set(Duration.ofMillis(90));
    liveness.check();

    assertThat(stalls).isEmpty();
  }

  @Test
  void anAnswerThatCameInAPauseIsToldAfterThePause() {
    List<Object> told = new CopyOnWriteArrayList<>();
    OwnLiveness own = new OwnLiveness(workers, told::add);
    Reporter reporter = new Reporter(new PbxId("primary"), now::get, own, told::add);
    own.start();

    now.set(Duration.ofMillis(820));
    reporter.news(Probe.SIP_OPTIONS, Seen.ANSWERED, "200 OK");
    own.close();

    assertThat(told).hasSize(2).startsWith(Duration.ofMillis(800));
  }
}
