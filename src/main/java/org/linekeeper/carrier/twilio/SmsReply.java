package org.linekeeper.carrier.twilio;

import java.util.Optional;

/** How is a text answered within its own webhook request? With TwiML, as {@code text/xml}. */
public final class SmsReply {
  /** The content type of every reply. */
  public static final String CONTENT_TYPE = "text/xml";

  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

  private SmsReply() {}

  /** TwiML that sends the text back to whoever wrote; without a text, TwiML that does nothing. */
  public static String twiml(Optional<String> text) {
    return HEAD
        + text.filter(t -> !t.isBlank())
            .map(t -> "<Response><Message>" + escape(t) + "</Message></Response>")
            .orElse("<Response/>");
  }

  /** Escapes, and leaves out what XML 1.0 cannot hold at all. */
  private static String escape(String text) {
    StringBuilder xml = new StringBuilder(text.length() + 16);
    text.codePoints().filter(SmsReply::allowed).forEach(c -> append(xml, c));
    return xml.toString();
  }

  private static void append(StringBuilder xml, int c) {
    switch (c) {
      case '&' -> xml.append("&amp;");
      case '<' -> xml.append("&lt;");
      case '>' -> xml.append("&gt;");
      default -> xml.appendCodePoint(c);
    }
  }

  /** Char of XML 1.0, section 2.2; lone surrogates are not. */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
