package org.linekeeper.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.CallResult.End;
import org.linekeeper.sip.CallResult.Kind;
import org.linekeeper.sip.SipServer.Behaviour;
import org.linekeeper.time.Ticker;

/** Calls as a carrier places them, to our own server and to a peer that knows only plain text. */
class SipCallTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final SipTimers QUICK =
      new SipTimers(Duration.ofMillis(20), Duration.ofMillis(80));
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(30);

  private final IoLoop loop = IoLoop.start("call-test", Ticker.system());
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable c : open) {
      c.close();
    }
    loop.close();
  }

  /** A service that says one thing and keeps what happened. */
  private static final class Office implements SipService {
    final List<String> events = new CopyOnWriteArrayList<>();
    volatile SipReply reply = SipReply.OK;

    @Override
    public SipReply options(SipMessage request) {
      return reply;
    }

    @Override
    public SipReply invite(SipMessage request) {
      events.add("invite " + request.dialled());
      return reply;
    }

    @Override
    public void answered(SipMessage invite) {
      events.add("answered " + invite.dialled());
    }

    @Override
    public void ended(SipMessage invite) {
      events.add("ended " + invite.dialled());
    }
  }

  private SipServer serve(Office office) throws Exception {
    SipServer server = SipServer.open(loop, QUICK, ANY, "Asterisk PBX 22 (west)", office);
    open.add(server);
    return server;
  }

  private RawPeer peer() throws Exception {
    RawPeer peer = new RawPeer();
    open.add(peer);
    return peer;
  }

  private SipCall call(InetSocketAddress pbx, Duration answerWithin, Duration talk) {
    return new SipCaller(loop, QUICK)
        .call(
            CallRequest.of(
                SipTarget.udp(pbx), "+441632960100", "+447700900123", answerWithin, talk));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
      Thread.sleep(2);
    }
  }

  @Test
  void aCallIsAnsweredTalkedAndHungUp() throws Exception {
    Office office = new Office();
    SipServer pbx = serve(office);
    SipCall call = call(pbx.address(), LONG, Duration.ofMillis(50));
    CallResult result = get(call.result());
    assertThat(result.answered()).isTrue();
    assertThat(result.status()).isEqualTo(200);
    assertThat(result.server()).isEqualTo("Asterisk PBX 22 (west)");
    assertThat(result.contact()).isEqualTo("sip:127.0.0.1:" + pbx.address().getPort());
    assertThat(result.sentence())
        .contains("call to +441632960100 through udp 127.0.0.1:", "answered: 200 OK in", "(west)");
    assertThat(get(call.ended())).isEqualTo(End.HUNG_UP_HERE);
    await(() -> pbx.calls() == 0);
    assertThat(office.events)
        .containsExactly("invite +441632960100", "answered +441632960100", "ended +441632960100");
  }

  @Test
  void aPbxWhoseGateIsClosedSends503AndTheCallIsOver() throws Exception {
    Office office = new Office();
    office.reply = SipReply.UNAVAILABLE;
    SipServer pbx = serve(office);
    SipCall call = call(pbx.address(), LONG, LONG);
    CallResult result = get(call.result());
    assertThat(result.kind()).isEqualTo(Kind.REJECTED);
    assertThat(result.status()).isEqualTo(503);
    assertThat(get(call.ended())).isEqualTo(End.NEVER_BEGAN);
    await(() -> pbx.calls() == 0);
    assertThat(office.events).containsExactly("invite +441632960100");
  }

  @Test
  void aCallThatRingsTooLongIsCancelled() throws Exception {
    Office office = new Office();
    office.reply = SipReply.OK.after(LONG);
    SipServer pbx = serve(office);
    SipCall call = call(pbx.address(), Duration.ofMillis(100), LONG);
    CallResult result = get(call.result());
    assertThat(result.kind()).isEqualTo(Kind.GIVEN_UP);
    assertThat(result.sentence()).contains("it was not picked up within");
    assertThat(get(call.ended())).isEqualTo(End.NEVER_BEGAN);
    await(() -> pbx.calls() == 0);
  }

  @Test
  void aCallerWhoHangsUpWhileItRingsCancelsToo() throws Exception {
    Office office = new Office();
    office.reply = SipReply.OK.after(LONG);
    SipServer pbx = serve(office);
    SipCall call = call(pbx.address(), LONG, LONG);
    await(() -> pbx.calls() == 1);
    call.hangUp();
    assertThat(get(call.result()).kind()).isEqualTo(Kind.GIVEN_UP);
    await(() -> pbx.calls() == 0);
  }

  @Test
  void aDeadPbxIsCalledAgainAndAgainUntilTheDeadline() throws Exception {
    RawPeer pbx = peer();
    CallResult result = get(call(pbx.address(), Duration.ofMillis(200), LONG).result());
    assertThat(result.kind()).isEqualTo(Kind.GIVEN_UP);
    assertThat(result.took()).isBetween(Duration.ofMillis(200), Duration.ofMillis(900));
    assertThat(result.sentence()).contains("no sign of life within");
    assertThat(pbx.heard()).hasSizeGreaterThanOrEqualTo(3).allMatch(m -> m.startsWith("INVITE "));
    assertThat(pbx.heard().stream().distinct()).hasSize(1);
  }

  @Test
  void aPortNobodyListensOnIsRefused() throws Exception {
    RawPeer pbx = peer();
    InetSocketAddress gone = pbx.address();
    pbx.close();
    SipCall call = call(gone, LONG, LONG);
    assertThat(get(call.result()).kind()).isEqualTo(Kind.REFUSED);
    assertThat(get(call.ended())).isEqualTo(End.NEVER_BEGAN);
  }

  @Test
  void aRepeatedOkIsAcknowledgedAgainWithTheSameAck() throws Exception {
    RawPeer pbx = peer();
    pbx.answering(
        r -> {
          if (!r.startsWith("INVITE")) {
            return r.startsWith("BYE") ? RawPeer.answer(r, "200 OK", "") : "";
          }
          String ok = RawPeer.answer(r, "200 OK", "Contact: <sip:far@127.0.0.1:9>\r\n");
          return ok + RawPeer.NEXT + ok;
        });
    SipCall call = call(pbx.address(), LONG, SHORT);
    assertThat(get(call.ended())).isEqualTo(End.HUNG_UP_HERE);
    List<String> acks = pbx.heard().stream().filter(m -> m.startsWith("ACK ")).toList();
    assertThat(acks).hasSize(2);
    assertThat(acks.get(0)).isEqualTo(acks.get(1)).startsWith("ACK sip:far@127.0.0.1:9 SIP/2.0");
    assertThat(pbx.heard()).anyMatch(m -> m.startsWith("BYE sip:far@") && m.contains("2 BYE"));
  }

  @Test
  void anAnswerThatCrossesTheCancelIsAcknowledgedAndHungUp() throws Exception {
    RawPeer pbx = peer();
    String[] invite = {""};
    pbx.answering(
        r -> {
          if (r.startsWith("INVITE")) {
            invite[0] = r;
            return RawPeer.answer(r, "180 Ringing", "");
          }
          String ok = RawPeer.answer(r, "200 OK", "");
          return switch (r.substring(0, 3)) {
            case "CAN" ->
                ok + RawPeer.NEXT + RawPeer.answer(invite[0], "200 OK", "Contact: <sip:f@h>\r\n");
            case "BYE" -> ok;
            default -> "";
          };
        });
    SipCall call = call(pbx.address(), SHORT, LONG);
    assertThat(get(call.result()).kind()).isEqualTo(Kind.GIVEN_UP);
    assertThat(get(call.ended())).isEqualTo(End.HUNG_UP_HERE);
    assertThat(pbx.heard()).anyMatch(m -> m.startsWith("ACK sip:f@h"));
  }

  @Test
  void aPbxThatDiesInMidCallIsNoticedWhenNobodyHearsTheBye() throws Exception {
    SipServer pbx = serve(new Office());
    SipCall call = call(pbx.address(), LONG, Duration.ofMillis(100));
    assertThat(get(call.result()).answered()).isTrue();
    pbx.behave(Behaviour.UNREACHABLE);
    assertThat(get(call.ended())).isEqualTo(End.LOST);
  }

  @Test
  void thePbxCanHangUpFirst() throws Exception {
    Office office = new Office();
    SipServer pbx = serve(office);
    SipCall call = call(pbx.address(), LONG, LONG);
    await(() -> office.events.contains("answered +441632960100"));
    pbx.hangUpAll();
    assertThat(get(call.ended())).isEqualTo(End.HUNG_UP_THERE);
    await(() -> pbx.calls() == 0);
  }

  @Test
  void recordedRoutesAreFollowedBackwards() throws Exception {
    RawPeer proxy = peer();
    proxy.answering(
        r ->
            r.startsWith("ACK")
                ? ""
                : RawPeer.answer(
                    r,
                    "200 OK",
                    "Contact: \"a, b\" <sip:far@h>;expires=1\r\n"
                        + "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\nRecord-Route: <sip:p3;lr>\r\n"));
    assertThat(get(call(proxy.address(), LONG, SHORT).ended())).isEqualTo(End.HUNG_UP_HERE);
    String bye = proxy.heard().stream().filter(m -> m.startsWith("BYE")).findFirst().orElseThrow();
    assertThat(bye)
        .startsWith("BYE sip:far@h SIP/2.0")
        .containsSubsequence("Route: <sip:p3;lr>", "Route: <sip:p2;lr>", "Route: <sip:p1;lr>");
  }

  @Test
  void anAnswerNobodyAcknowledgesIsRepeatedAndThenHungUp() throws Exception {
    SipServer pbx = serve(new Office());
    try (DatagramSocket caller = new DatagramSocket(ANY)) {
      String invite = text("INVITE", "z9hG4bK1", caller);
      send(caller, pbx, invite);
      assertThat(receive(caller)).startsWith("SIP/2.0 100 Trying");
      String ok = receive(caller);
      assertThat(ok).startsWith("SIP/2.0 200 OK").contains(";received=127.0.0.1", "m=audio");
      assertThat(receive(caller)).isEqualTo(ok);
      String last = ok;
      while (last.startsWith("SIP/2.0 200")) {
        last = receive(caller);
      }
      assertThat(last).startsWith("BYE sip:me@127.0.0.1");
      send(caller, pbx, RawPeer.answer(last, "200 OK", ""));
      await(() -> pbx.calls() == 0);
    }
  }

  @Test
  void anInviteThatComesTwiceIsOneCall() throws Exception {
    Office office = new Office();
    SipServer pbx = serve(office);
    try (DatagramSocket caller = new DatagramSocket(ANY)) {
      String invite = text("INVITE", "z9hG4bK2", caller);
      send(caller, pbx, invite);
      send(caller, pbx, invite);
      int oks = 0;
      while (oks < 2) {
        oks += receive(caller).startsWith("SIP/2.0 200") ? 1 : 0;
      }
      assertThat(office.events).containsExactly("invite +441632960100");
    }
  }

  @Test
  void nonsenseIsRefusedOrIgnoredAndTheServerGoesOn() throws Exception {
    SipServer pbx = serve(new Office());
    try (DatagramSocket caller = new DatagramSocket(ANY)) {
      for (String bad :
          new String[] {"", "\0\0\0", "INVITE", "SIP/2.0 200 OK\r\n\r\n", "x".repeat(9000)}) {
        send(caller, pbx, bad);
      }
      send(caller, pbx, text("BYE", "z9hG4bK3", caller));
      assertThat(receive(caller)).startsWith("SIP/2.0 481 ");
      send(caller, pbx, text("CANCEL", "z9hG4bK4", caller));
      assertThat(receive(caller)).startsWith("SIP/2.0 481 ");
      send(caller, pbx, text("SUBSCRIBE", "z9hG4bK5", caller));
      assertThat(receive(caller)).startsWith("SIP/2.0 501 ").contains("Allow: INVITE, ACK");
      send(caller, pbx, text("OPTIONS", "z9hG4bK6", caller));
      assertThat(receive(caller)).startsWith("SIP/2.0 200 OK").contains("Server: Asterisk PBX");
    }
  }

  @Test
  void aFrozenServerAnswersLateAndACutOffOneNever() throws Exception {
    SipServer pbx = serve(new Office());
    try (DatagramSocket caller = new DatagramSocket(ANY)) {
      pbx.behave(Behaviour.FROZEN);
      send(caller, pbx, text("OPTIONS", "z9hG4bKfrozen", caller));
      assertThat(silent(caller)).isTrue();
      pbx.behave(Behaviour.SERVING);
      assertThat(receive(caller)).contains("z9hG4bKfrozen");
      pbx.behave(Behaviour.UNREACHABLE);
      send(caller, pbx, text("OPTIONS", "z9hG4bKlost", caller));
      assertThat(silent(caller)).isTrue();
      pbx.behave(Behaviour.SERVING);
      send(caller, pbx, text("OPTIONS", "z9hG4bKback", caller));
      assertThat(receive(caller)).contains("z9hG4bKback");
    }
  }

  @Test
  void aKilledServersPortRefusesAtOnceAndCanBeTakenAgain() throws Exception {
    SipServer pbx = serve(new Office());
    pbx.close();
    assertThat(get(call(pbx.address(), LONG, LONG).result()).kind()).isEqualTo(Kind.REFUSED);
    SipServer again = SipServer.open(loop, QUICK, pbx.address(), "again", new Office());
    open.add(again);
    assertThat(get(call(again.address(), LONG, SHORT).result()).server()).isEqualTo("again");
  }

  @Test
  void aHundredCallsAtOnceAllEndWell() throws Exception {
    SipServer pbx = serve(new Office());
    List<SipCall> calls = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      calls.add(call(pbx.address(), LONG, SHORT));
    }
    for (SipCall call : calls) {
      assertThat(get(call.ended())).isEqualTo(End.HUNG_UP_HERE);
    }
    await(() -> pbx.calls() == 0);
  }

  private static String text(String method, String branch, DatagramSocket us) {
    return String.join(
        "\r\n",
        method + " sip:+441632960100@127.0.0.1 SIP/2.0",
        "Via: SIP/2.0/UDP 127.0.0.1:" + us.getLocalPort() + ";rport;branch=" + branch,
        "From: <sip:me@127.0.0.1>;tag=a",
        "To: <sip:+441632960100@127.0.0.1>",
        "Call-ID: " + branch,
        "CSeq: 1 " + method,
        "Contact: <sip:me@127.0.0.1:" + us.getLocalPort() + ">",
        "Content-Length: 0",
        "",
        "");
  }

  private static void send(DatagramSocket from, SipServer to, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, to.address()));
  }

  private static String receive(DatagramSocket at) throws Exception {
    at.setSoTimeout(20_000);
    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    at.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static boolean silent(DatagramSocket at) throws Exception {
    at.setSoTimeout(150);
    try {
      at.receive(new DatagramPacket(new byte[65_535], 65_535));
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }
}
