package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** What all verdicts have in common, whatever they are. */
class JudgeTest extends BadDay {
  @Test
  void allAnswers() {
    healthyFor(1000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aWellPbxIsThoughtAboutOnceInAWhileAndAtOnceWhenNewsIsBad() {
    healthyFor(1000);
    verdict();
    Judge resting = judge.at(Duration.ofMillis(now + 120));
    assertThat(resting.at(Duration.ofMillis(now + 140))).as("rests").isSameAs(resting);
    judge = resting;
    now += 140;
    saw(Probe.SHUTDOWN, Seen.TURNED_AWAY, 0);
    assertThat(verdict()).isEqualTo(Kind.SHUTTING_DOWN);
  }

  @Test
  void theVerdictRemembersSinceWhenItHasBeenSo() {
    healthyFor(1000);
    Verdict first = judge.at(Duration.ofMillis(now)).verdict();
    judge = judge.at(Duration.ofMillis(now));
    healthyFor(2000);
    assertThat(judge.at(Duration.ofMillis(now)).verdict().since()).isEqualTo(first.since());
  }

  @Test
  void aHungPbxWhoseHostThenFallsSilentHasNotBegunToFailAnew() {
    healthyFor(1000);
    silentFor(700);
    saw(Probe.AMI_CONNECT, Seen.ANSWERED, 1);
    silentFor(300);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    Duration hung = judge.verdict().since();
    saw(Probe.AMI_CONNECT, Seen.SILENT, 300);
    now += 3000;
    assertThat(verdict()).isEqualTo(Kind.HOST_UNREACHABLE);
    assertThat(judge.verdict().since()).isEqualTo(hung);
  }

  @Test
  void theWatchersOwnStallIsNotThePbxsSilence() {
    healthyFor(1000);
    silentFor(600);
    now += 5000;
    judge = judge.forgive(Duration.ofMillis(5000));
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    silentFor(500);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void norDoesItHideAProcessThatIsGone() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 20;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 300;
    judge = judge.forgive(Duration.ofMillis(300));
    assertThat(verdict()).as("20 ms of the watcher's own time").isEqualTo(Kind.HEALTHY);
    now += 20;
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
  }
}
