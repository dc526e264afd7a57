package org.linekeeper.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes to message. Strict where a mistake could be used to smuggle, lenient about line ends. */
final class SipParser {
  private static final int MAX_FIELDS = 200;
  private static final int MAX_LINE = 8_192;
  private static final List<String> REQUIRED = List.of("Via", "From", "To", "Call-ID", "CSeq");
  private static final String VERSION = "SIP/2.0 ";
  private static final Pattern REQUEST_LINE = Pattern.compile("(\\S{1,32}) (\\S+) SIP/2\\.0");

  private SipParser() {}

  static SipMessage parse(byte[] bytes) throws SipFormatException {
    if (bytes.length > SipMessage.MAX_BYTES) {
      throw new SipFormatException("larger than " + SipMessage.MAX_BYTES + " bytes");
    }
    int start = startOf(bytes, bytes.length);
    int end = headEnd(bytes, start, bytes.length);
    if (end < 0) {
      throw new SipFormatException("no empty line after the headers");
    }
    Head head = head(bytes, start, end);
    int available = bytes.length - end;
    int length = head.contentLength < 0 ? available : head.contentLength;
    if (length > available) {
      throw new SipFormatException(
          "Content-Length is " + length + " but " + available + " bytes follow");
    }
    return head.message(new String(bytes, end, length, StandardCharsets.UTF_8));
  }

  /** A message without its body, and how long its body is said to be; -1 if it is not said. */
  private record Head(String startLine, SipHeaders headers, int contentLength) {
    SipMessage message(String body) throws SipFormatException {
      int status = status(startLine);
      if (status > 0) {
        String reason = startLine.substring(Math.min(startLine.length(), VERSION.length() + 4));
        return SipMessage.response(status, reason, headers, body);
      }
      Matcher ask = REQUEST_LINE.matcher(startLine);
      if (!ask.matches() || !SipSyntax.isToken(ask.group(1))) {
        throw new SipFormatException("neither a request line nor a status line");
      }
      String cseqMethod = headers.first("CSeq").orElse("").replaceFirst(".*[ \t]", "");
      if (!cseqMethod.equals(ask.group(1))) {
        throw new SipFormatException("CSeq is of another method than the request line");
      }
      return SipMessage.request(ask.group(1), ask.group(2), headers, body);
    }
  }

  /**
   * How many bytes does the first message in a stream take (RFC 3261 section 18.3)?
   *
   * @return the count, leading empty lines included, or 0 if more bytes are needed to tell
   */
  static int frameLength(byte[] bytes, int length) throws SipFormatException {
    int start = startOf(bytes, length);
    int end = headEnd(bytes, start, length);
    if (end < 0) {
      if (length > SipMessage.MAX_BYTES) {
        throw new SipFormatException("no end of the headers in " + length + " bytes");
      }
      return 0;
    }
    int body = head(bytes, start, end).contentLength;
    if (body < 0) {
      throw new SipFormatException("no Content-Length, which a stream needs");
    }
    return length - end >= body ? end + body : 0;
  }

  /** 100 to 699, or 0 if that is no status line. */
  private static int status(String line) {
    int end = VERSION.length() + 3;
    boolean whole = line.length() == end || line.length() > end && line.charAt(end) == ' ';
    if (!whole || !line.startsWith(VERSION) || digits(line, VERSION.length()) < 3) {
      return 0;
    }
    int status = Integer.parseInt(line.substring(VERSION.length(), end));
    return status >= 100 && status < 700 ? status : 0;
  }

  /** How many digits follow from there? */
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  static long cseqNumber(String cseq) {
    int digits = digits(cseq, 0);
    int method = digits;
    while (method < cseq.length() && (cseq.charAt(method) == ' ' || cseq.charAt(method) == '\t')) {
      method++;
    }
    int length = cseq.length() - method;
    boolean blank = cseq.chars().skip(method).anyMatch(c -> c <= ' ');
    return digits < 1 || digits > 10 || method == digits || length < 1 || length > 32 || blank
        ? -1
        : Long.parseLong(cseq.substring(0, digits));
  }

  private static int startOf(byte[] bytes, int length) {
    int start = 0;
    // empty lines before a message are keep-alives (RFC 3261 section 7.5)
    while (start < length && (bytes[start] == '\r' || bytes[start] == '\n')) {
      start++;
    }
    return start;
  }

  /** Where the body begins, or -1 if the empty line before it is not there. */
  private static int headEnd(byte[] bytes, int start, int length) {
    for (int i = start; i < length; i++) {
      if (bytes[i] == '\n') {
        int next = i + 1;
        if (next < length && bytes[next] == '\r') {
          next++;
        }
        if (next < length && bytes[next] == '\n') {
          return next + 1;
        }
      }
    }
    return -1;
  }

  private static Head head(byte[] bytes, int start, int end) throws SipFormatException {
    List<String> lines = lines(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    List<SipHeaders.Field> fields = new ArrayList<>();
    int contentLength = -1;
    for (String line : lines.subList(1, lines.size())) {
      SipHeaders.Field field = field(line);
      if (field.name().equalsIgnoreCase("Content-Length")) {
        contentLength = contentLength(field.value(), contentLength);
      } else {
        fields.add(field);
      }
    }
    SipHeaders headers = SipHeaders.of(fields);
    for (String name : REQUIRED) {
      if (headers.first(name).isEmpty()) {
        throw new SipFormatException("no " + name);
      }
    }
    if (cseqNumber(headers.first("CSeq").orElse("")) < 0) {
      throw new SipFormatException("CSeq is not a number and a method");
    }
    return new Head(lines.get(0), headers, contentLength);
  }

  private static List<String> lines(String head) throws SipFormatException {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < head.length(); ) {
      int end = head.indexOf('\n', from);
      int next = end < 0 ? head.length() : end + 1;
      int cut = end < 0 ? head.length() : end;
      String line =
          head.substring(from, cut > from && head.charAt(cut - 1) == '\r' ? cut - 1 : cut);
      from = next;
      if (line.isEmpty()) {
        break; // the end of the headers
      }
      if (!SipSyntax.isOneLine(line)) {
        throw new SipFormatException("a stray carriage return or NUL in the headers");
      }
      boolean folded = line.startsWith(" ") || line.startsWith("\t");
      String whole =
          folded && lines.size() > 1 ? lines.remove(lines.size() - 1) + " " + line.trim() : line;
      if (whole.length() > MAX_LINE || lines.size() > MAX_FIELDS) {
        throw new SipFormatException("a header of more than 8192 characters, or more than 200");
      }
      lines.add(whole);
    }
    if (lines.isEmpty()) {
      throw new SipFormatException("no start line");
    }
    return lines;
  }

  private static SipHeaders.Field field(String line) throws SipFormatException {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).trim();
    if (!SipSyntax.isToken(name)) {
      throw new SipFormatException("a header line without a name");
    }
    return new SipHeaders.Field(name, line.substring(colon + 1));
  }

  private static int contentLength(String value, int earlier) throws SipFormatException {
    if (value.isEmpty() || value.length() > 6 || digits(value, 0) != value.length()) {
      throw new SipFormatException("Content-Length is not a number");
    }
    int length = Integer.parseInt(value);
    // two that differ would let the next hop see another message than we do
    if (earlier >= 0 && earlier != length) {
      throw new SipFormatException("two Content-Lengths that differ");
    }
    if (length > SipMessage.MAX_BYTES) {
      throw new SipFormatException("Content-Length larger than " + SipMessage.MAX_BYTES);
    }
    return length;
  }
}
