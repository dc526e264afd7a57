package org.linekeeper.demo.carrier;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the text of a form parameter is understood and checked. */
enum Kind {
  TEXT {
    @Override
    Object read(String text) {
      return text;
    }
  },
  /** An http(s) URL, or empty to clear. */
  URL {
    @Override
    @Nullable Object read(String text) {
      if (text.isEmpty()) {
        return text;
      }
      try {
        URI uri = new URI(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        return web && uri.getHost() != null ? text : null;
      } catch (URISyntaxException e) {
        return null;
      }
    }
  },
  /** Only {@code sip:}; Twilio does not take {@code sips:} here. */
  SIP_URL {
    @Override
    @Nullable Object read(String text) {
      return text.startsWith("sip:") && text.length() > 4 ? text : null;
    }
  },
  METHOD {
    @Override
    @Nullable Object read(String text) {
      return text.equals("GET") || text.equals("POST") ? text : null;
    }
  },
  FLAG {
    @Override
    @Nullable Object read(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> null;
      };
    }
  },
  /** 0 to 65535, the lowest first. */
  PRIORITY {
    @Override
    @Nullable Object read(String text) {
      return text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= 65535
          ? Integer.parseInt(text)
          : null;
    }
  },
  /** 1 to 65535. */
  WEIGHT {
    @Override
    @Nullable Object read(String text) {
      return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65535
          ? Integer.parseInt(text)
          : null;
    }
  },
  /** Two letters and 32 hexadecimal digits, or empty to clear. */
  SID {
    @Override
    @Nullable Object read(String text) {
      return text.isEmpty() || text.matches("[A-Z]{2}[0-9a-fA-F]{32}") ? text : null;
    }
  };

  /** The value, or null where the carrier would refuse the text. */
  abstract @Nullable Object read(String text);
}
