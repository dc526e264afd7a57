package org.linekeeper.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipAnswer.Kind;
import org.linekeeper.time.Ticker;

class SipOptionsClientTest {
  private final IoLoop loop = IoLoop.start("sip-test", Ticker.system());
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
    loop.close();
  }

  private RawPeer peer() throws IOException {
    RawPeer peer = new RawPeer();
    open.add(peer);
    return peer;
  }

  private static SipAnswer get(CompletionStage<SipAnswer> stage) throws Exception {
    return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aPbxThatIsFineAnswersAndSaysWhoItIs() throws Exception {
    RawPeer pbx =
        peer().answering(r -> RawPeer.answer(r, "200 OK", "Server: Asterisk PBX 22.10.1\r\n"));
    SipAnswer answer =
        get(new SipOptionsClient(loop, SipTarget.udp(pbx.address())).ask(Duration.ofSeconds(5)));
    assertThat(answer.kind()).isEqualTo(Kind.ANSWERED);
    assertThat(answer.ok()).isTrue();
    assertThat(answer.server()).isEqualTo("Asterisk PBX 22.10.1");
    assertThat(answer.sentence()).contains("answered 200 OK in");
    assertThat(pbx.heard().get(0))
        .startsWith("OPTIONS sip:127.0.0.1:" + pbx.address().getPort() + " SIP/2.0")
        .contains("User-Agent: Linekeeper", "Max-Forwards: 70", ";rport;branch=z9hG4bK");
  }

  @Test
  void aPbxUnderMaintenanceSaysSo() throws Exception {
    RawPeer pbx =
        peer().answering(r -> RawPeer.answer(r, "503 Service Unavailable", "Retry-After: 300\r\n"));
    SipAnswer answer =
        get(new SipOptionsClient(loop, SipTarget.udp(pbx.address())).ask(Duration.ofSeconds(5)));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.ok()).isFalse();
    assertThat(answer.retryAfter()).contains(Duration.ofSeconds(300));
  }

  @Test
  void aHungPbxIsMissedAtTheDeadlineAndNotMuchLater() throws Exception {
    SipAnswer answer =
        get(
            new SipOptionsClient(loop, SipTarget.udp(peer().address()))
                .ask(Duration.ofMillis(100)));
    assertThat(answer.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(answer.took()).isBetween(Duration.ofMillis(100), Duration.ofMillis(400));
    assertThat(answer.sentence()).endsWith("did not answer within 100 ms");
  }

  @Test
  void aPortNobodyListensOnIsRefused() throws Exception {
    InetSocketAddress gone;
    try (RawPeer pbx = new RawPeer()) {
      gone = pbx.address();
    }
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(gone));
    assertThat(get(client.ask(Duration.ofSeconds(5))).kind()).isEqualTo(Kind.REFUSED);
    assertThat(get(client.ask(Duration.ofSeconds(5))).kind()).isEqualTo(Kind.REFUSED);
    SipOptionsClient tcp = new SipOptionsClient(loop, SipTarget.tcp(gone));
    assertThat(get(tcp.ask(Duration.ofSeconds(5))).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void anAnswerOnItsWayWhenTheSocketIsRenewedIsHeard() throws Exception {
    CountDownLatch renewed = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    RawPeer pbx =
        peer()
            .answering(
                r -> {
                  if (questions.incrementAndGet() != 6) {
                    return ""; // it hangs
                  }
                  awaitQuietly(renewed);
                  return RawPeer.answer(r, "200 OK", "");
                });
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(pbx.address()));
    List<CompletionStage<SipAnswer>> lost = new ArrayList<>();
    for (int n = 0; n < 5; n++) {
      lost.add(client.ask(Duration.ofMillis(300)));
    }
    CompletionStage<SipAnswer> waits = client.ask(Duration.ofSeconds(2));
    for (CompletionStage<SipAnswer> each : lost) {
      assertThat(get(each).kind()).isEqualTo(Kind.TIMED_OUT);
    }
    loop.runAndWait(renewed::countDown);
    assertThat(get(waits).kind()).isEqualTo(Kind.ANSWERED);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLateAnswerIsNotTakenForTheNextQuestions() throws Exception {
    List<String> questions = new ArrayList<>();
    RawPeer pbx =
        peer()
            .answering(
                r -> {
                  questions.add(r);
                  // the second question is answered with the first one's late answer, then its own
                  return questions.size() == 1
                      ? ""
                      : RawPeer.answer(questions.get(0), "500 Late", "")
                          + RawPeer.NEXT
                          + "garbage"
                          + RawPeer.NEXT
                          + RawPeer.answer(r, "200 OK", "");
                });
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(pbx.address()));
    assertThat(get(client.ask(Duration.ofMillis(60))).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(get(client.ask(Duration.ofSeconds(5))).status()).isEqualTo(200);
  }

  @Test
  void aLostDatagramIsSaidAgainWithinTheDeadline() throws Exception {
    RawPeer pbx = peer();
    pbx.answering(r -> pbx.heard().size() < 3 ? "" : RawPeer.answer(r, "200 OK", ""));
    SipTimers quick = new SipTimers(Duration.ofMillis(20), Duration.ofMillis(40));
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(pbx.address()), quick);
    assertThat(get(client.ask(Duration.ofSeconds(5))).ok()).isTrue();
    assertThat(pbx.heard()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(pbx.heard().get(0)).isEqualTo(pbx.heard().get(1));
  }

  @Test
  void afterLongSilenceTheProbeComesFromAFreshSocketAndHearsThePbxAgain() throws Exception {
    RawPeer pbx = peer();
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(pbx.address()));
    for (int i = 0; i < 6; i++) {
      assertThat(get(client.ask(Duration.ofMillis(20))).kind()).isEqualTo(Kind.TIMED_OUT);
    }
    pbx.answering(r -> RawPeer.answer(r, "200 OK", ""));
    assertThat(get(client.ask(Duration.ofSeconds(5))).ok()).isTrue();
    assertThat(pbx.senders()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void overTcpAnAnswerInPiecesIsPutTogetherAndTheConnectionIsKept() throws Exception {
    RawTcpPeer pbx = new RawTcpPeer(r -> RawPeer.answer(r, "200 OK", "Content-Length: 0\r\n"));
    open.add(pbx);
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.tcp(pbx.address()));
    for (int i = 0; i < 3; i++) {
      assertThat(get(client.ask(Duration.ofSeconds(5))).status()).isEqualTo(200);
    }
    assertThat(pbx.connections()).isEqualTo(1);
    pbx.dropConnection();
    SipAnswer after = get(client.ask(Duration.ofSeconds(5)));
    if (!after.ok()) { // asked before the end of the connection was seen
      assertThat(after.kind()).isEqualTo(Kind.ERROR);
      after = get(client.ask(Duration.ofSeconds(5)));
    }
    assertThat(after.ok()).isTrue();
    assertThat(pbx.connections()).isEqualTo(2);
  }

  @Test
  void twoHundredSilentPbxsCostOneThreadAndEachIsMissedInTime() throws Exception {
    InetSocketAddress silent = peer().address();
    int before = Thread.activeCount();
    List<CompletableFuture<SipAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(silent));
      for (int n = 0; n < 10; n++) {
        answers.add(client.ask(Duration.ofMillis(500)).toCompletableFuture());
      }
    }
    CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(before + 1);
    assertThat(answers)
        .allSatisfy(a -> assertThat(a.join().kind()).isEqualTo(Kind.TIMED_OUT))
        .allSatisfy(a -> assertThat(a.join().took()).isLessThan(Duration.ofSeconds(3)));
  }

  @Test
  void aClosedProbeAnswersInsteadOfHanging() throws Exception {
    SipOptionsClient client = new SipOptionsClient(loop, SipTarget.udp(peer().address()));
    CompletionStage<SipAnswer> waiting = client.ask(Duration.ofMinutes(5));
    client.close();
    assertThat(get(waiting).kind()).isEqualTo(Kind.ERROR);
    assertThat(get(client.ask(Duration.ofMinutes(5))).kind()).isEqualTo(Kind.ERROR);
    loop.close();
    assertThat(get(client.ask(Duration.ofMinutes(5))).kind()).isEqualTo(Kind.ERROR);
  }

  @Test
  void anExtensionCanBeAskedFor() throws Exception {
    RawPeer pbx = peer().answering(r -> RawPeer.answer(r, "404 Not Found", ""));
    SipTarget target = new SipTarget(pbx.address(), SipTransport.UDP, "lk-canary", "probe");
    assertThat(get(new SipOptionsClient(loop, target).ask(Duration.ofSeconds(5))).status())
        .isEqualTo(404);
    assertThat(pbx.heard().get(0)).startsWith("OPTIONS sip:lk-canary@127.0.0.1:");
    assertThat(pbx.heard().get(0).getBytes(StandardCharsets.UTF_8).length).isLessThan(1300);
  }
}
