package org.linekeeper.settings;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people write them; nothing here asks the DNS. */
final class IpText {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
  private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
  private static final Pattern LIKE_V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern WITH_PREFIX = Pattern.compile("([^/]+)/([0-9]{1,3})");

  private IpText() {}

  static boolean v4(String text) {
    return V4.matcher(text).matches();
  }

  static boolean v6(String text) {
    if (!text.contains(":") || !LIKE_V6.matcher(text).matches()) {
      return false;
    }
    try {
      return InetAddress.getByName(text) instanceof Inet6Address;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static boolean address(String text) {
    return v4(text) || v6(text);
  }

  /** Such as {@code 192.0.2.100/24}. */
  static boolean withPrefix(String text) {
    Matcher parts = WITH_PREFIX.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    int length = Integer.parseInt(parts.group(2));
    return length > 0 && (v4(parts.group(1)) ? length <= 32 : v6(parts.group(1)) && length <= 128);
  }
}
