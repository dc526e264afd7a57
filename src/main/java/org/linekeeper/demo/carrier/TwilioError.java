package org.linekeeper.demo.carrier;

import java.util.Map;

/** A refusal as Twilio words it. Source: Twilio docs "Error and Warning Dictionary". */
record TwilioError(int status, int code, String message) {
  static TwilioError of(int status, int code, String message) {
    return new TwilioError(status, code, message);
  }

  static TwilioError notFound(String path) {
    return of(404, 20404, "The requested resource " + path + " was not found");
  }

  static TwilioError unauthorised() {
    return of(401, 20003, "Authenticate");
  }

  static TwilioError tooMany() {
    return of(429, 20429, "Too Many Requests");
  }

  Answer answer() {
    return Answer.json(
        status,
        Map.of(
            "code", code,
            "message", message,
            "more_info", "https://www.twilio.com/docs/errors/" + code,
            "status", status));
  }
}
