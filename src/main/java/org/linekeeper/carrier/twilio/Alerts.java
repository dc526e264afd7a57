package org.linekeeper.carrier.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import com.twilio.rest.monitor.v1.Alert;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linekeeper.carrier.CarrierAlert;

/** The resource Alert of Twilio's Monitor. */
final class Alerts {
  private static final int LONGEST_TEXT = 300;

  private static final String MOST = "200";

  /** A printable ASCII character as it stands in a URL, such as {@code %3A}. */
  private static final Pattern ENCODED = Pattern.compile("%([2-7][0-9A-Fa-f])");

  private Alerts() {}

  /** What Twilio noticed since then, as much as fits a page, the newest first. */
  static List<CarrierAlert> since(TwilioRestClient client, Instant since) {
    Map<String, String> query = Map.of("StartDate", Rest.time(since), "PageSize", MOST);
    return Rest.firstPage(client, Domains.MONITOR, "/v1/Alerts", query, "alerts", Alert.class)
        .stream()
        .map(Alerts::read)
        .flatMap(Optional::stream)
        .filter(alert -> !alert.at().isBefore(since.truncatedTo(ChronoUnit.SECONDS)))
        .toList();
  }

  /** Empty if it has no time or no code. */
  private static Optional<CarrierAlert> read(Alert alert) {
    ZonedDateTime at =
        alert.getDateGenerated() == null ? alert.getDateCreated() : alert.getDateGenerated();
    String code = Objects.toString(alert.getErrorCode(), "");
    if (at == null || !code.matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    return Optional.of(
        new CarrierAlert(
            Objects.toString(alert.getSid(), ""),
            Integer.parseInt(code),
            at.toInstant(),
            safe(Objects.toString(alert.getAlertText(), "")),
            about(alert)));
  }

  /** Which of its fields names the SIP URI is nowhere promised, nor that it is not encoded. */
  private static String about(Alert alert) {
    String words =
        Stream.of(alert.getAlertText(), alert.getRequestUrl(), alert.getResourceSid())
            .map(field -> Objects.toString(field, ""))
            .collect(Collectors.joining(" "));
    return ENCODED
        .matcher(words)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
  }

  /** One line without control characters: it is shown to people and may quote a caller. */
  private static String safe(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
  }
}
