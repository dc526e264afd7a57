package org.linekeeper.sip;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What was said on the wire: one SIP request or response (RFC 3261 section 7), immutable.
 *
 * <p>A message that was parsed has a Via, From, To, Call-ID and CSeq; one built with {@link
 * #request} or {@link #response} has what its builder gave it. Content-Length is computed when it
 * is written and not kept among the headers.
 */
public final class SipMessage {
  /** The largest message read or written, in bytes: what fits a UDP datagram. */
  public static final int MAX_BYTES = 65_535;

  private final String method;
  private final String uri;
  private final int status;
  private final String reason;
  private final SipHeaders headers;
  private final String body;

  private SipMessage(
      String method, String uri, int status, String reason, SipHeaders headers, String body) {
    this.method = method;
    this.uri = uri;
    this.status = status;
    this.reason = reason;
    this.headers = headers;
    this.body = body;
  }

  /**
   * A request.
   *
   * @param method such as {@code OPTIONS}
   * @param uri the request URI, such as {@code sip:192.0.2.1:5060}
   * @throws IllegalArgumentException if method or URI would not survive the wire
   */
  public static SipMessage request(String method, String uri, SipHeaders headers, String body) {
    if (!SipSyntax.isToken(method)
        || uri.isEmpty()
        || uri.chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw new IllegalArgumentException("not a SIP request line: " + method + " " + uri);
    }
    return new SipMessage(method, uri, 0, "", headers, body);
  }

  /**
   * A response.
   *
   * @param status 100 to 699
   * @throws IllegalArgumentException if the status is out of range or the reason has a line break
   */
  public static SipMessage response(int status, String reason, SipHeaders headers, String body) {
    if (status < 100 || status > 699 || !SipSyntax.isOneLine(reason)) {
      throw new IllegalArgumentException("not a SIP status line: " + status + " " + reason);
    }
    return new SipMessage("", "", status, reason, headers, body);
  }

  /**
   * Reads one message that fills the given bytes, as a UDP datagram does.
   *
   * @throws SipFormatException if it is not one; its text says why
   */
  public static SipMessage parse(byte[] bytes) throws SipFormatException {
    return SipParser.parse(bytes);
  }

  /** Is this a request, not a response? */
  public boolean isRequest() {
    return status == 0;
  }

  /** What is asked for, or, of a response, what was: the method of its CSeq. */
  public String method() {
    return isRequest() ? method : cseqMethod();
  }

  /** Whom is it for? Empty text in a response. */
  public String uri() {
    return uri;
  }

  /** What came of it, 100 to 699; 0 in a request. */
  public int status() {
    return status;
  }

  /** The phrase after the status; empty text in a request. */
  public String reason() {
    return reason;
  }

  /** All header fields but Content-Length. */
  public SipHeaders headers() {
    return headers;
  }

  /** The value of the first header field of that name, or empty text. */
  public String header(String name) {
    return headers.first(name).orElse("");
  }

  /** What follows the headers, read as UTF-8. */
  public String body() {
    return body;
  }

  /** Which transaction is it of? The branch of its topmost Via, or empty text. */
  public String branch() {
    return headers
        .first("Via")
        .flatMap(via -> SipSyntax.parameter(SipSyntax.list(via).get(0), "branch"))
        .orElse("");
  }

  /** The number in CSeq, or -1. */
  public long cseq() {
    return SipParser.cseqNumber(header("CSeq"));
  }

  /** Which call is it of? */
  public String callId() {
    return header("Call-ID");
  }

  /** The user part of the request URI, which is the number dialled; empty text if it has none. */
  public String dialled() {
    return SipSyntax.userOf(uri);
  }

  /** The user part of From, which is the caller's number; empty text if it has none. */
  public String caller() {
    return SipSyntax.userOf(SipSyntax.uriOf(header("From")));
  }

  /** Who said this, by its Server or User-Agent header; empty text if it does not say. */
  public String software() {
    return headers.first("Server").or(() -> headers.first("User-Agent")).orElse("");
  }

  /** How long to stay away, by the Retry-After header, if there is a valid one. */
  public Optional<Duration> retryAfter() {
    return headers
        .first("Retry-After")
        .map(v -> v.split("[;( ]", 2)[0])
        .filter(v -> v.matches("[0-9]{1,9}"))
        .map(v -> Duration.ofSeconds(Long.parseLong(v)));
  }

  /** As it is sent, Content-Length included. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder(512);
    if (isRequest()) {
      text.append(method).append(' ').append(uri).append(" SIP/2.0\r\n");
    } else {
      text.append("SIP/2.0 ").append(status).append(' ').append(reason).append("\r\n");
    }
    for (SipHeaders.Field f : headers.fields()) {
      text.append(f.name()).append(": ").append(f.value()).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    text.append("Content-Length: ").append(length).append("\r\n\r\n").append(body);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String cseqMethod() {
    String cseq = header("CSeq").trim();
    return cseq.substring(cseq.lastIndexOf(' ') + 1);
  }

  @Override
  public String toString() {
    return isRequest() ? method + " " + uri : status + " " + reason + " to " + method();
  }
}
