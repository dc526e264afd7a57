package org.linekeeper.carrier.twilio;

import com.twilio.rest.monitor.v1.Alert;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.linekeeper.carrier.CarrierAlert;

/** The resource Alert of Twilio's Monitor. */
final class Alerts {
  private static final int LONGEST_TEXT = 300;

  private Alerts() {}

  /** Empty if it has no time or no code. */
  static Optional<CarrierAlert> read(Alert alert) {
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
            safe(Objects.toString(alert.getAlertText(), ""))));
  }

  /** One line without control characters: it is shown to people and may quote a caller. */
  private static String safe(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "…" : line;
  }
}
