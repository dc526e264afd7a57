package org.linekeeper.carrier.twilio;

import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.Outcome;

/** What became of a text. */
final class Sent {
  private static final int UNSUBSCRIBED = 21610;

  private Sent() {}

  static Outcome outcome(PhoneNumber to, TwilioApi.Told<String> told) {
    Attempt last = told.last();
    return switch (last.kind()) {
      case ANSWERED -> Outcome.applied("the carrier took the text to " + to);
      case REFUSED ->
          code(last) == UNSUBSCRIBED
              ? Outcome.rejected(
                  to + " once texted STOP and gets no texts until it texts START (error 21610)")
              : Outcome.rejected("the text to " + to + " was not sent: " + last.said());
      case DENIED, NOT_FOUND ->
          Outcome.rejected("the text to " + to + " was not sent: " + last.said());
      case TOO_MANY, UNREACHABLE, NOT_SENT, NOT_WANTED ->
          Outcome.rejected("the text to " + to + " was not sent: " + last.said());
      case BROKEN, SILENT, CUT ->
          Outcome.unknown("the text to " + to + " may or may not have been sent: " + last.said());
    };
  }

  private static int code(Attempt last) {
    return last.json().map(json -> json.path("code").asInt(0)).orElse(0);
  }
}
