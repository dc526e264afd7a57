package org.linekeeper.sip;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The corners of RFC 3261 section 25 that we need: tokens, parameters, lists, addresses. */
final class SipSyntax {
  private static final String TOKEN_MARKS = "-.!%*_+`'~";

  private SipSyntax() {}

  static boolean isToken(String text) {
    // loops and no streams here: this is asked of every header of every answer of every PBX
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isTokenChar(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  static boolean isOneLine(String text) {
    return text.indexOf('\r') < 0 && text.indexOf('\n') < 0 && text.indexOf(0) < 0;
  }

  /** The value of a parameter such as {@code branch} or {@code tag}, outside of quotes and URIs. */
  static Optional<String> parameter(String field, String name) {
    List<String> parts = split(field, ';');
    for (String part : parts.subList(1, parts.size())) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? part : part.substring(0, equals);
      if (key.trim().equalsIgnoreCase(name)) {
        return Optional.of(equals < 0 ? "" : part.substring(equals + 1).trim());
      }
    }
    return Optional.empty();
  }

  /** The elements of a comma-separated field, such as several Via in one line. */
  static List<String> list(String field) {
    return split(field, ',');
  }

  /** The URI in {@code "Name" <sip:u@h>;tag=1}, {@code <sip:u@h>} or {@code sip:u@h;tag=1}. */
  static String uriOf(String nameAddress) {
    int open = indexOutsideQuotes(nameAddress, '<');
    if (open < 0) {
      return split(nameAddress, ';').get(0).trim();
    }
    int close = nameAddress.indexOf('>', open);
    return nameAddress.substring(open + 1, close < 0 ? nameAddress.length() : close).trim();
  }

  /** The part before the {@code @} of a sip: or tel: URI; empty text if there is none. */
  static String userOf(String uri) {
    String lower = uri.toLowerCase(Locale.ROOT);
    int from = uri.indexOf(':') + 1;
    if (lower.startsWith("tel:")) {
      return split(uri.substring(from), ';').get(0);
    }
    int at = uri.indexOf('@');
    return at < from ? "" : split(uri.substring(from, at), ';').get(0);
  }

  /** An address as SIP writes it: {@code 192.0.2.1:5060}, {@code [2001:db8::1]:5060}. */
  static String hostPort(InetSocketAddress address) {
    return host(address) + ":" + address.getPort();
  }

  static String host(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip == null) {
      return address.getHostString();
    }
    if (!(ip instanceof Inet6Address)) {
      return ip.getHostAddress();
    }
    String text = ip.getHostAddress();
    int zone = text.indexOf('%');
    return "[" + (zone < 0 ? text : text.substring(0, zone)) + "]";
  }

  private static int indexOutsideQuotes(String text, char wanted) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int angles = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '<') {
        angles++;
      } else if (!quoted && c == '>') {
        angles = Math.max(0, angles - 1);
      } else if (!quoted && angles == 0 && c == separator) {
        parts.add(text.substring(start, i).trim());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).trim());
    return parts;
  }
}
