package org.linekeeper.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageTest {
  /** As Asterisk 22 answers OPTIONS. */
  static final String OK =
      """
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.0.2.9:40123;rport=40123;received=192.0.2.9;branch=z9hG4bKabc
      Call-ID: 12345@192.0.2.9
      From: "Line; keeper, Ltd" <sip:linekeeper@192.0.2.9;user=phone>;tag=one
      To: <sip:192.0.2.1>;tag=z9hG4bKabc
      CSeq: 17 OPTIONS
      Accept: application/sdp, application/xpidf+xml
      Server: Asterisk PBX 22.10.1
      Content-Length:  0

      """;

  static SipMessage parse(String text) throws SipFormatException {
    return SipMessage.parse(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAsterisksAnswerIsRead() throws SipFormatException {
    SipMessage m = parse(OK);
    assertThat(m.isRequest()).isFalse();
    assertThat(m.status()).isEqualTo(200);
    assertThat(m.reason()).isEqualTo("OK");
    assertThat(m.method()).isEqualTo("OPTIONS");
    assertThat(m.cseq()).isEqualTo(17);
    assertThat(m.branch()).isEqualTo("z9hG4bKabc");
    assertThat(m.software()).isEqualTo("Asterisk PBX 22.10.1");
    assertThat(m.retryAfter()).isEmpty();
    assertThat(SipSyntax.parameter(m.header("From"), "tag")).contains("one");
  }

  @Test
  void aMessageSurvivesTheWire() throws SipFormatException {
    SipMessage there =
        SipMessage.request(
            "INVITE",
            "sip:+441632960100@192.0.2.1:5060",
            parse(OK).headers().with("X-Note", "Zoë"),
            "v=0\r\n");
    SipMessage here = SipMessage.parse(withCseq(there, "17 INVITE").toBytes());
    assertThat(here.dialled()).isEqualTo("+441632960100");
    assertThat(here.header("x-note")).isEqualTo("Zoë");
    assertThat(here.body()).isEqualTo("v=0\r\n");
    assertThat(here.headers().first("Content-Length")).isEmpty();
  }

  private static SipMessage withCseq(SipMessage m, String cseq) {
    return SipMessage.request(
        m.method(),
        m.uri(),
        SipHeaders.of(
            m.headers().fields().stream()
                .map(f -> f.name().equals("CSeq") ? new SipHeaders.Field("CSeq", cseq) : f)
                .toList()),
        m.body());
  }

  @Test
  void maintenanceSaysForHowLong() throws SipFormatException {
    SipMessage m =
        parse(
            OK.replace("200 OK", "503 Service Unavailable")
                .replace("Accept:", "Retry-After: 300 (maintenance)\nAccept:"));
    assertThat(m.retryAfter()).contains(Duration.ofSeconds(300));
  }

  @Test
  void compactNamesFoldedLinesAndBareLineFeedsAreUnderstood() throws SipFormatException {
    String text =
        OK.replace("Via:", "v:").replace("Call-ID:", "i :").replace("keeper, Ltd", "keeper,\n Ltd");
    SipMessage m = SipMessage.parse(("\r\n" + text).getBytes(StandardCharsets.UTF_8));
    assertThat(m.branch()).isEqualTo("z9hG4bKabc");
    assertThat(m.callId()).isEqualTo("12345@192.0.2.9");
    assertThat(m.header("From")).startsWith("\"Line; keeper, Ltd\"");
  }

  @Test
  void bytesBehindTheAnnouncedBodyAreCutOff() throws SipFormatException {
    assertThat(parse(OK + "SIP/2.0 200 smuggled").body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "hello",
        "GET / HTTP/1.1\nHost: pbx\n\n",
        "SIP/2.0 999 Odd\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\n\n",
        "SIP/3.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\n\n",
        "SIP/2.0 200 OK\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: one OPTIONS\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 99999999999 OPTIONS\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\nno colon\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\nbad name: x\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\0\nTo: c\nCall-ID: d\nCSeq: 1 OPTIONS\n\n",
        "INVITE sip:a@b SIP/2.0\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 BYE\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 BYE\nContent-Length: 9\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 BYE\nContent-Length: -1\n\n",
        "SIP/2.0 200 OK\nVia: a\nFrom: b\nTo: c\nCall-ID: d\nCSeq: 1 BYE\nl: 0\nl: 1\n\nx",
      })
  void whatIsNoSipIsRefusedWithAReason(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(SipFormatException.class)
        .hasMessageMatching(".{5,}");
  }

  @Test
  void tooMuchIsRefused() {
    assertThatThrownBy(() -> parse(OK + "x".repeat(70_000))).hasMessageContaining("65535");
    assertThatThrownBy(() -> parse(OK.replace("Accept:", "Accept: " + "x".repeat(9000))))
        .hasMessageContaining("8192");
    assertThatThrownBy(() -> parse(OK.replace("Accept:", "A: b\n".repeat(300) + "Accept:")))
        .hasMessageContaining("200");
  }

  @Test
  void randomDamageEitherParsesOrIsRefusedButNeverBreaks() {
    Random random = new Random(5060);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = OK.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        SipMessage m = SipMessage.parse(bytes);
        assertThat(m.status()).isBetween(100, 699);
        m.branch();
        m.retryAfter();
        m.toBytes();
      } catch (SipFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 4_999);
  }

  @Test
  void nothingWeWriteCanForgeAHeader() {
    assertThatThrownBy(() -> SipHeaders.NONE.with("To", "<sip:a>\r\nVia: evil"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SipMessage.request("BYE", "sip:a b", SipHeaders.NONE, ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SipMessage.response(200, "OK\r\nVia: x", SipHeaders.NONE, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStreamIsCutIntoMessagesHoweverItArrives() throws SipFormatException {
    byte[] two =
        (OK + OK.replace("17", "18")).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    SipStream stream = new SipStream();
    int messages = 0;
    for (byte b : two) {
      for (SipMessage m : stream.add(new byte[] {b})) {
        assertThat(m.cseq()).isEqualTo(17 + messages++);
      }
    }
    assertThat(messages).isEqualTo(2);
    assertThat(new SipStream().add(two)).hasSize(2);
  }

  @Test
  void aStreamThatNeverEndsItsHeadersIsRefused() {
    assertThatThrownBy(() -> new SipStream().add("A: b\r\n".repeat(20_000).getBytes()))
        .isInstanceOf(SipFormatException.class);
  }
}
