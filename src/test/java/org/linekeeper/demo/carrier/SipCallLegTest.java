package org.linekeeper.demo.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.sip.SipMessage;
import org.linekeeper.sip.SipReply;
import org.linekeeper.sip.SipServer;
import org.linekeeper.sip.SipService;
import org.linekeeper.sip.SipTimers;
import org.linekeeper.time.Ticker;

/** The carrier's calls reach PBXs by real SIP over UDP. */
class SipCallLegTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration DEADLINE = Duration.ofMillis(700);

  private final IoLoop loop = IoLoop.start("carrier-sip", Ticker.system());
  private final SipCallLeg leg = new SipCallLeg(new SipCaller(loop), Duration.ofMillis(20));
  private volatile SipReply reply = SipReply.OK;
  private volatile String dialled = "";
  private SipServer pbx;

  @BeforeEach
  void start() throws Exception {
    pbx =
        SipServer.open(
            loop,
            SipTimers.RFC_3261,
            ANY,
            "pbx-a",
            new SipService() {
              @Override
              public SipReply options(SipMessage request) {
                return SipReply.OK;
              }

              @Override
              public SipReply invite(SipMessage request) {
                dialled = request.dialled();
                return reply;
              }
            });
  }

  @AfterEach
  void stop() throws Exception {
    pbx.close();
    loop.close();
  }

  private String uri() {
    return "sip:127.0.0.1:" + pbx.address().getPort();
  }

  @Test
  void a_serving_pbx_answers_and_says_who_it_is() {
    LegOutcome outcome = leg.place(uri(), Office.SALES, "+447700900500", DEADLINE);
    assertThat(outcome.answered()).isTrue();
    assertThat(outcome.server()).isEqualTo("pbx-a");
    assertThat(dialled).isEqualTo(Office.SALES);
  }

  @Test
  void a_closed_gate_is_a_503_and_counts_as_unreachable() {
    reply = SipReply.UNAVAILABLE;
    LegOutcome outcome = leg.place(uri(), Office.SALES, "anonymous", DEADLINE);
    assertThat(outcome.status()).isEqualTo(503);
    assertThat(outcome.unreachable()).isTrue();
  }

  @Test
  void a_number_the_pbx_does_not_know_is_an_answer() {
    reply = SipReply.NOT_FOUND;
    assertThat(leg.place(uri(), Office.SALES, "+447700900500", DEADLINE).unreachable()).isFalse();
  }

  @Test
  void a_silent_pbx_is_given_up_at_the_deadline() {
    pbx.behave(SipServer.Behaviour.UNREACHABLE);
    LegOutcome outcome = leg.place(uri(), Office.SALES, "+447700900500", DEADLINE);
    assertThat(outcome.status()).isZero();
    assertThat(outcome.unreachable()).isTrue();
  }

  @Test
  void what_is_no_sip_uri_fails_with_a_sentence() {
    assertThat(leg.place("sip:", Office.SALES, "+447700900500", DEADLINE).note())
        .contains("not a SIP URI");
  }
}
