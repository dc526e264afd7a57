package org.linekeeper.failover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.state.OriginationUrl;

/**
 * A call that the carrier could not deliver to a PBX of this office, as it says itself.
 *
 * @param at when, by the carrier's clock
 * @param rows SIDs of the origination URLs that it names; empty if it does not say which
 * @param call the carrier's name for the call; empty text if it does not say
 */
record Undelivered(Instant at, Set<String> rows, String call) {
  /** Twilio's code for a failed attempt to reach a PBX. */
  private static final int CANNOT_REACH_PBX = 32011;

  /** A SIP URI: perhaps a user, a host, perhaps a port and parameters (RFC 3261, 19.1.1). */
  private static final Pattern SIP =
      Pattern.compile(
          "sips?:(?:[^\\s@<>&\"']*@)?(?<host>\\[[0-9a-f:.]+]|[a-z0-9-]+(?:\\.[a-z0-9-]+)*)"
              + "(?::(?<port>[0-9]{1,5}))?(?<more>[;?][^\\s<>&\"']*)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TRUNK = Pattern.compile("TK[0-9a-fA-F]{32}");
  private static final Pattern CALL = Pattern.compile("CA[0-9a-fA-F]{32}");

  /** Copies the set. */
  Undelivered {
    rows = Set.copyOf(rows);
  }

  /** Of a call without a name. */
  Undelivered(Instant at, Set<String> rows) {
    this(at, rows, "");
  }

  /**
   * What an alert tells of this office. One account may have other trunks: an alert that names only
   * theirs tells nothing.
   */
  static Optional<Undelivered> of(CarrierAlert alert, String trunk, List<OriginationUrl> rows) {
    if (!tells(alert)) {
      return Optional.empty();
    }
    Set<String> trunks =
        TRUNK
            .matcher(alert.about())
            .results()
            .map(found -> found.group())
            .collect(Collectors.toSet());
    Set<String> places = places(alert.about());
    Set<String> named =
        rows.stream()
            .filter(row -> places(row.sipUrl()).stream().anyMatch(places::contains))
            .map(OriginationUrl::sid)
            .collect(Collectors.toSet());
    boolean namesOthers = trunks.isEmpty() ? !places.isEmpty() : !trunks.contains(trunk);
    return named.isEmpty() && namesOthers
        ? Optional.empty()
        : Optional.of(new Undelivered(alert.at(), named, call(alert.about())));
  }

  /** Whether an alert is about a call that could not be delivered, to whomever. */
  static boolean tells(CarrierAlert alert) {
    return alert.code() == CANNOT_REACH_PBX;
  }

  private static String call(String text) {
    Matcher found = CALL.matcher(text);
    return found.find() ? found.group() : "";
  }

  /** Whether it may tell of that PBX's row: it names it, or does not say which. */
  boolean mayBeOf(String row) {
    return rows.isEmpty() || rows.contains(row);
  }

  /** Host and port of every SIP URI in the text: two PBXs may share an address. */
  private static Set<String> places(String text) {
    Set<String> places = new TreeSet<>();
    Matcher found = SIP.matcher(text);
    while (found.find()) {
      String more = Optional.ofNullable(found.group("more")).orElse("").toLowerCase();
      String usual = more.contains("transport=tls") ? "5061" : "5060";
      places.add(
          found.group("host").toLowerCase()
              + " "
              + Optional.ofNullable(found.group("port")).orElse(usual));
    }
    return places;
  }
}
