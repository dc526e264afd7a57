package org.linekeeper.lab;

import java.net.DatagramPacket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A received SIP message, read just as far as the lab's phones need it.
 *
 * @param lines start line, then headers
 * @param body what follows them, such as SDP
 */
record SipText(List<String> lines, String body) {
  /** What there is when nothing came. */
  static final SipText NONE = new SipText(List.of(), "");

  static SipText of(DatagramPacket packet) {
    String text =
        new String(
            packet.getData(), packet.getOffset(), packet.getLength(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    return end < 0
        ? new SipText(text.lines().toList(), "")
        : new SipText(text.substring(0, end).lines().toList(), text.substring(end + 4));
  }

  /** The method of a request; {@code SIP/2.0} for a response. */
  String method() {
    return word(0);
  }

  String requestUri() {
    return word(1);
  }

  /** The status of a response; 0 for a request. */
  int status() {
    return method().equals("SIP/2.0") ? Integer.parseInt(word(1)) : 0;
  }

  private String word(int index) {
    String[] words = lines.isEmpty() ? new String[0] : lines.get(0).split(" ");
    return index < words.length ? words[index] : "";
  }

  /** First value of this header; empty text if there is none. */
  String header(String name) {
    List<String> all = headers(name);
    return all.isEmpty() ? "" : all.get(0);
  }

  List<String> headers(String name) {
    return lines.stream()
        .skip(1)
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).trim())
        .toList();
  }

  /** The method that a response answers. */
  String answeredMethod() {
    String cseq = header("CSeq");
    return cseq.substring(cseq.indexOf(' ') + 1);
  }

  /** The URI in a Contact header, without its angle brackets. */
  String contactUri() {
    String contact = header("Contact");
    int open = contact.indexOf('<');
    return open < 0 ? contact : contact.substring(open + 1, contact.indexOf('>', open));
  }
}
