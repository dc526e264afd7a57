package org.linekeeper.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/** One PBX, probed ten times a second with the shipped lan profile, through bad days. */
class JudgeTest {
  private static final PbxId PBX = new PbxId("primary");

  private Judge judge = Judge.of(PBX, Profile.lan(), Duration.ZERO);
  private long now;
  private boolean session;

  @Test
  void aFreshWatcherSaysNothing() {
    assertThat(verdict()).isEqualTo(Kind.INCONCLUSIVE);
  }

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
  void killedProcessIsGoneFortyMillisecondsAfterItsConnectionEnded() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 20;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    assertThat(verdict()).as("SIP has not had time to answer").isEqualTo(Kind.HEALTHY);
    now += 20;
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
  }

  @Test
  void whatSomebodyMustMendIsToldAndMovesNoCalls() {
    healthyFor(1000);
    saw(Probe.TLS_CERT, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("certificate");
    saw(Probe.TLS_CERT, Seen.ANSWERED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.ASTDB, Seen.FAILED, 0);
    assertThat(verdict()).as("a database may be busy once").isEqualTo(Kind.HEALTHY);
    saw(Probe.ASTDB, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("AstDB");
  }

  @Test
  void theCarriersOwnTestCallsFailWhileAllIsWellHere() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.CARRIER_CALLS_FAIL);
    healthyFor(1000);
    assertThat(verdict()).isEqualTo(Kind.CARRIER_CALLS_FAIL);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void twoEchoCallsThatHearNothingAndAllElseIsWell() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().evidence()).contains("audio runs both ways");
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).as("one call may be unlucky").isEqualTo(Kind.HEALTHY);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    assertThat(Kind.NO_AUDIO.serves()).as("nothing moves by itself").isTrue();
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void theCarrierHearsNothingEitherSoItIsProven() {
    carrierHearsNothingEither();
    healthyFor(300_000);
    assertThat(verdict()).as("nobody asked meanwhile").isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
    saw(Probe.ECHO, Seen.ANSWERED, 2000);
    assertThat(verdict()).as("the carrier has not said so yet").isEqualTo(Kind.CARRIER_CALLS_FAIL);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  private void carrierHearsNothingEither() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).as("one call may be unlucky").isEqualTo(Kind.NO_AUDIO);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
  }

  @Test
  void theCarriersCallsWereNeverHeardSoTheyMayLeadElsewhereAndAPersonIsAsked() {
    audioDead();
    for (int i = 0; i < 3; i++) {
      saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
      assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    }
  }

  @Test
  void callsThatSomebodyElseTookOrNobodyDoNotSayThatThePbxIsDeaf() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.TURNED_AWAY, 100);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 100);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    assertThat(judge.verdict().evidence()).contains("the carrier's own call failed too");
  }

  @Test
  void whatTheCarrierSaidOfThePbxThatWasLeftDoesNotHoldForEver() {
    carrierHearsNothingEither();
    for (int minute = 0; minute < 59; minute++) {
      healthyFor(59_900);
      saw(Probe.ECHO, Seen.FAILED, 3000);
    }
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO_FOR_CALLERS);
    healthyFor(120_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).as("better than a dead one").isEqualTo(Kind.NO_AUDIO);
  }

  @Test
  void theCarrierHearsItSoTheOtherPbxIsToBlame() {
    audioDead();
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void aCarriersCallOfLongAgoProvesNothing() {
    healthyFor(1000);
    saw(Probe.CARRIER_CALL, Seen.FAILED, 100);
    saw(Probe.CARRIER_CALL, Seen.ANSWERED, 100);
    audioDead();
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
  }

  private void audioDead() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.FAILED, 3000);
    assertThat(verdict()).isEqualTo(Kind.NO_AUDIO);
    now += 200;
  }

  @Test
  void echoCallsAreNotInstalledAndThatIsSaidAndNoFault() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.NOT_ASKED, 10);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().evidence()).contains("whether audio runs is not seen");
  }

  @Test
  void theOtherPbxIsRefusedWhileTheWatcherIsNot() {
    healthyFor(1000);
    saw(Probe.ECHO, Seen.TURNED_AWAY, 10);
    healthyFor(10_000);
    saw(Probe.ECHO, Seen.TURNED_AWAY, 10);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void bannedWatcherWhileTheOtherPbxReachesIt() {
    healthyFor(1000);
    silentFor(550);
    looked(Seen.ANSWERED, 5);
    silentFor(300);
    assertThat(verdict()).as("still within the tolerance or past it").isNotEqualTo(Kind.HUNG);
    for (int i = 0; i < 50; i++) {
      silentFor(500);
      looked(Seen.ANSWERED, 5);
      assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    }
    looked(Seen.SILENT, 300);
    assertThat(verdict()).as("one look may be lost").isEqualTo(Kind.WATCHER_PATH_LOST);
    silentFor(1900);
    assertThat(verdict()).as("now nobody reaches it").isEqualTo(Kind.HUNG);
  }

  @Test
  void aLookFromBeforeTheSilenceProvesNothing() {
    healthyFor(1000);
    looked(Seen.ANSWERED, 5);
    silentFor(900);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void aLookThatTheOtherPbxCannotTakeDelaysNothing() {
    healthyFor(1000);
    silentFor(600);
    looked(Seen.NOT_ASKED, 1);
    silentFor(300);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void theCarrierCannotReachItSinceSoTheOtherPbxsLookIsNoComfort() {
    healthyFor(1000);
    silentFor(600);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 50);
    looked(Seen.ANSWERED, 5);
    silentFor(300);
    looked(Seen.ANSWERED, 5);
    assertThat(verdict()).as("one call may be the carrier's").isEqualTo(Kind.WATCHER_PATH_LOST);
    saw(Probe.CARRIER_CALL, Seen.SILENT, 50);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void callsThatWereAnsweredAreNoEvidenceThatItIsDead() {
    healthyFor(1000);
    for (int i = 0; i < 6; i++) {
      silentFor(600);
      looked(Seen.ANSWERED, 5);
      saw(Probe.CARRIER_CALL, i % 2 == 0 ? Seen.FAILED : Seen.TURNED_AWAY, 50);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void bannedWatcherAndTheOtherPbxIsSnapshottedSoItCannotLook() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(4)), Duration.ZERO);
    healthyFor(1000);
    for (int i = 0; i < 20; i++) {
      silentFor(600);
      looked(Seen.ANSWERED, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    for (int i = 0; i < 4; i++) {
      silentFor(1000);
      looked(Seen.NOT_ASKED, 300);
      assertThat(verdict()).as("after %s s", i + 1).isEqualTo(Kind.WATCHER_PATH_LOST);
    }
    silentFor(1500);
    assertThat(verdict()).as("the other one is not called well any more").isEqualTo(Kind.HUNG);
  }

  @Test
  void sipIsBannedAloneWhileAmiGoesOn() {
    healthyFor(1000);
    for (int i = 0; i < 30; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i > 4) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
      if (i % 5 == 1 && i > 5) {
        looked(Seen.ANSWERED, 5);
      }
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.WATCHER_PATH_LOST);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    saw(Probe.CANARY, Seen.FAILED, 5);
    saw(Probe.CANARY, Seen.FAILED, 5);
    assertThat(verdict()).as("AMI sees that calls fail").isEqualTo(Kind.CANNOT_TAKE_CALLS);
  }

  @Test
  void aFirewallThatResetsSessionsIsNoGoneProcess() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 8;
    looked(Seen.ANSWERED, 7);
    now += 12;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 20;
    saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    for (int i = 0; i < 40; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 0);
      looked(Seen.ANSWERED, 5);
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.WATCHER_PATH_LOST);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void theLookComesTooLateAndIsBelievedOnlyWhenItHasLasted() {
    healthyFor(1000);
    silentFor(900);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    looked(Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    for (int i = 0; i < 5; i++) {
      silentFor(500);
      looked(Seen.ANSWERED, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.WATCHER_PATH_LOST);
  }

  @Test
  void amiTakesNoNewLoginWhileTheSessionGoesOn() {
    healthyFor(1000);
    saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.AMI_LOGIN, Seen.SILENT, 800);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("takes no new one");
    saw(Probe.AMI_LOGIN, Seen.ANSWERED, 3);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  private void looked(Seen seen, long took) {
    saw(Probe.PEER_LOOK, seen, took);
  }

  @Test
  void managerSwitchedOffIsNotAGoneProcess() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    now += 20;
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 5);
    for (int i = 0; i < 20; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 2);
      assertThat(verdict()).isIn(Kind.HEALTHY, Kind.DEGRADED);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void frozenForSevenTenthsOfASecondIsNobodysFault() {
    healthyFor(1000);
    silentFor(690);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    healthyFor(500);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void frozenForLongerIsHungIfTheHostAnswersAndUnreachableIfNot() {
    healthyFor(1000);
    silentFor(700);
    saw(Probe.AMI_CONNECT, Seen.ANSWERED, 1);
    silentFor(300);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    saw(Probe.AMI_CONNECT, Seen.SILENT, 300);
    assertThat(verdict()).isEqualTo(Kind.HOST_UNREACHABLE);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 1);
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void fail2banTurnsTheWatcherAwayAndThatIsNoProofOfAnything() {
    healthyFor(1000);
    silentFor(1300);
    saw(Probe.AMI_SESSION, Seen.SILENT, 0);
    for (int i = 0; i < 100; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 1);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.REFUSED, 1);
      assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
    }
    assertThat(judge.verdict().evidence()).contains("fail2ban");
  }

  @Test
  void aGoneProcessStaysGoneWhileItsPortRefuses() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    for (int i = 0; i < 100; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
    }
  }

  @Test
  void thePbxIsDownWhenTheWatcherStarts() {
    for (int i = 0; i < 40; i++) {
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void aSnapshottedMachineMayFreezeForAsLongAsTheSettingSays() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(4)), Duration.ZERO);
    healthyFor(1000);
    silentFor(3000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    silentFor(1200);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
  }

  @Test
  void testCallsLostInALongToleratedFreezeAreNoSecondSignal() {
    judge = Judge.of(PBX, Profile.lan().withFreezeTolerance(Duration.ofSeconds(10)), Duration.ZERO);
    healthyFor(1000);
    silentFor(2000);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    silentFor(4000);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    silentFor(2000);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    healthyFor(100);
    saw(Probe.CANARY, Seen.SILENT, 2000);
    assertThat(verdict()).as("asked in the freeze, given up after it").isEqualTo(Kind.HEALTHY);
  }

  @Test
  void whenAmiAloneHangsItsSilentTestCallsSayNoMoreThanThat() {
    healthyFor(1000);
    for (int i = 0; i < 100; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.AMI_PING, Seen.SILENT, 500);
      }
      if (i % 20 == 19) {
        saw(Probe.CANARY, Seen.SILENT, 1500);
      }
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void testCallsThatStayUnansweredWhileAmiAnswersMeanNoCalls() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(4000);
    saw(Probe.CANARY, Seen.SILENT, 1500);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.SILENT, 1500);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
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

  @Test
  void sipAloneSilentIsDeadSipAndTheAmiIsTheWitness() {
    healthyFor(1000);
    for (int i = 0; i < 10; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
    }
    assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
  }

  @Test
  void aFreshWatcherGivesSipTimeForItsFirstAnswer() {
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 5);
    for (int i = 0; i < 25; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      if (i >= 5) {
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
      assertThat(verdict()).as("a first TLS handshake is slow").isEqualTo(Kind.INCONCLUSIVE);
    }
    for (int i = 0; i < 10; i++) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).as("but not for ever").isEqualTo(Kind.SIP_DEAD);
  }

  @Test
  void aSessionThatIsSaidToBeUpAfterItsEndDoesNotHideADeadPbx() {
    healthyFor(1000);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 0);
    for (int i = 0; i < 20; i++) {
      now += 100;
      saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
      saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    }
    assertThat(verdict()).isEqualTo(Kind.REFUSES_CONNECTIONS);
  }

  @Test
  void aSessionThatHasJustComeUpMayTakeItsTimeWithTheFirstPing() {
    for (int i = 0; i < 100; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 3);
    now += 500;
    saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.INCONCLUSIVE);
    saw(Probe.AMI_PING, Seen.ANSWERED, 400);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void oneLostPacketIsNothing() {
    healthyFor(1000);
    now += 100;
    saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
    saw(Probe.AMI_PING, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void itSaysItselfThatItIsGoingDown() {
    healthyFor(1000);
    saw(Probe.SHUTDOWN, Seen.FAILED, 0);
    assertThat(verdict()).isEqualTo(Kind.SHUTTING_DOWN);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 0);
    healthyFor(2100);
    assertThat(verdict()).as("a new life").isEqualTo(Kind.HEALTHY);
  }

  @Test
  void two503sInARowAreARefusalToServeAndOneIsNot() {
    healthyFor(1000);
    saw(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    now += 100;
    saw(Probe.SIP_OPTIONS, Seen.TURNED_AWAY, 1);
    assertThat(verdict()).isEqualTo(Kind.SHUTTING_DOWN);
  }

  @Test
  void failingTestCallsMeanNoCallsUnlessTheCallLimitExplainsThem() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(3000);
    saw(Probe.CANARY, Seen.FAILED, 2);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    saw(Probe.CANARY, Seen.FAILED, 2);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    saw(Probe.CALL_LIMIT, Seen.FAILED, 1);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
  }

  @Test
  void whatTestCallsOnceSaidDoesNotOutliveAmi() {
    callsFail();
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    for (int i = 0; i < 200; i++) {
      now += 100;
      saw(Probe.AMI_LOGIN, Seen.TURNED_AWAY, 1);
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
      verdict();
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("denies the login");
  }

  @Test
  void aNewSessionAloneDoesNotMeanThatCallsRunAgain() {
    callsFail();
    Duration since = judge.verdict().since();
    for (int i = 0; i < 10; i++) {
      saw(Probe.AMI_SESSION, Seen.SILENT, 0);
      healthyFor(2000);
      assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
      saw(Probe.CANARY, Seen.FAILED, 1500);
      assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    }
    assertThat(judge.verdict().since()).isEqualTo(since);
  }

  @Test
  void norThatTheTrunkIsUp() {
    healthyFor(3000);
    saw(Probe.REGISTRATIONS, Seen.FAILED, 5);
    saw(Probe.REGISTRATIONS, Seen.FAILED, 5);
    assertThat(verdict()).isEqualTo(Kind.TRUNK_DOWN);
    saw(Probe.AMI_SESSION, Seen.SILENT, 0);
    healthyFor(5000);
    assertThat(verdict()).isEqualTo(Kind.TRUNK_DOWN);
    saw(Probe.REGISTRATIONS, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aRestartedPbxIsNotJudgedByTheTestCallsOfItsFormerLife() {
    callsFail();
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 40;
    assertThat(verdict()).isEqualTo(Kind.PROCESS_GONE);
    healthyFor(2100);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  private void callsFail() {
    healthyFor(3000);
    for (Seen seen : List.of(Seen.ANSWERED, Seen.FAILED, Seen.FAILED)) {
      saw(Probe.CANARY, seen, 5);
    }
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
  }

  @Test
  void testCallsThatNeverRanSayThatTheyAreNotInstalled() {
    healthyFor(3000);
    for (int i = 0; i < 5; i++) {
      saw(Probe.CANARY, Seen.FAILED, 1500);
      healthyFor(2000);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    assertThat(judge.verdict().evidence()).contains("lk-canary");
  }

  @Test
  void whatTheWatcherMayNotAskIsNoFaultOfThePbx() {
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    healthyFor(3000);
    for (int i = 0; i < 5; i++) {
      saw(Probe.CANARY, Seen.NOT_ASKED, 1);
      saw(Probe.REGISTRATIONS, Seen.NOT_ASKED, 1);
      healthyFor(2000);
      assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    }
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).as("registrations still").isEqualTo(Kind.DEGRADED);
    saw(Probe.REGISTRATIONS, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  @Test
  void aNameThatCannotBeLookedUpSaysNothingOfThePbx() {
    for (int i = 0; i < 10; i++) {
      now += 1000;
      saw(Probe.SIP_OPTIONS, Seen.NOT_ASKED, 1);
    }
    assertThat(verdict()).as("AMI is silent, SIP unknown").isEqualTo(Kind.INCONCLUSIVE);
    saw(Probe.AMI_SESSION, Seen.ANSWERED, 3);
    saw(Probe.AMI_PING, Seen.ANSWERED, 1);
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
    saw(Probe.AMI_SESSION, Seen.CLOSED, 0);
    saw(Probe.AMI_CONNECT, Seen.REFUSED, 0);
    now += 100;
    assertThat(verdict()).as("SIP was never asked").isNotEqualTo(Kind.PROCESS_GONE);
  }

  @Test
  void deniedLoginIsDegradedNotDown() {
    saw(Probe.AMI_LOGIN, Seen.TURNED_AWAY, 1);
    for (int i = 0; i < 50; i++) {
      now += 100;
      saw(Probe.SIP_OPTIONS, Seen.ANSWERED, 1);
    }
    assertThat(verdict()).isEqualTo(Kind.DEGRADED);
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
  void oneSipAnswerInAHundredIsNoReturn() {
    healthyFor(1000);
    sipAnswersOneIn(100, 2000);
    assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
    Duration dead = judge.verdict().since();
    for (int i = 0; i < 200; i++) {
      sipAnswersOneIn(100, 100);
      assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
    }
    assertThat(judge.verdict().since()).isEqualTo(dead);
  }

  @Test
  void norIsItOneAcrossTheInternetWhereAMissIsKnownLater() {
    judge = Judge.of(PBX, Profile.wan(), Duration.ZERO);
    for (int i = 0; i < 200; i++) {
      now += 500;
      saw(Probe.AMI_SESSION, Seen.ANSWERED, 1);
      saw(Probe.AMI_PING, Seen.ANSWERED, 40);
      boolean lucky = i < 4 || i % 20 == 0;
      saw(Probe.SIP_OPTIONS, lucky ? Seen.ANSWERED : Seen.SILENT, lucky ? 40 : 2000);
      if (i > 30) {
        assertThat(verdict()).isEqualTo(Kind.SIP_DEAD);
      } else {
        verdict();
      }
    }
    assertThat(judge.verdict().since()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aPbxThatIsBackIsBelievedAfterTwoSecondsWithoutAMiss() {
    healthyFor(1000);
    silentFor(2000);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    Duration hung = judge.verdict().since();
    healthyFor(500);
    assertThat(verdict()).isEqualTo(Kind.HUNG);
    assertThat(judge.verdict().evidence()).contains("answers again").contains("so far 0.4 s");
    assertThat(judge.verdict().since()).isEqualTo(hung);
    healthyFor(1600);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
    assertThat(judge.verdict().since()).isEqualTo(Duration.ofMillis(now));
  }

  @Test
  void oneTestCallThatRunsIsNoReturnEither() {
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    for (Seen seen : new Seen[] {Seen.FAILED, Seen.FAILED, Seen.ANSWERED, Seen.FAILED}) {
      healthyFor(2000);
      saw(Probe.CANARY, seen, 5);
      verdict();
    }
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.CANNOT_TAKE_CALLS);
    healthyFor(2000);
    saw(Probe.CANARY, Seen.ANSWERED, 5);
    assertThat(verdict()).isEqualTo(Kind.HEALTHY);
  }

  /** AMI is fine; one SIP request in so many is answered, the others are missed. */
  private void sipAnswersOneIn(int so, long millis) {
    for (long until = now + millis; now < until; ) {
      now += 100;
      saw(Probe.AMI_PING, Seen.ANSWERED, 1);
      boolean lucky = now / 100 % so == 0;
      saw(Probe.SIP_OPTIONS, lucky ? Seen.ANSWERED : Seen.SILENT, lucky ? 1 : 500);
    }
  }

  private void healthyFor(long millis) {
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
  private void silentFor(long millis) {
    for (long from = now, until = now + millis; now < until; ) {
      now += 10;
      if ((now - from) % 100 == 0 && now - from >= 500) {
        saw(Probe.AMI_PING, Seen.SILENT, 500);
        saw(Probe.SIP_OPTIONS, Seen.SILENT, 500);
      }
    }
  }

  private void saw(Probe probe, Seen seen, long took) {
    session = probe == Probe.AMI_SESSION ? seen == Seen.ANSWERED : session;
    judge =
        judge.saw(
            new Observation(
                PBX, probe, seen, Duration.ofMillis(now), Duration.ofMillis(took), "as seen"));
  }

  private Kind verdict() {
    judge = judge.at(Duration.ofMillis(now));
    return judge.verdict().kind();
  }
}
