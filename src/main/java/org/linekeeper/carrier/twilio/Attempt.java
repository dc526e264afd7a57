package org.linekeeper.carrier.twilio;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * What came of one HTTP request.
 *
 * @param kind how it ended
 * @param status HTTP status; 0 if there was no answer
 * @param body the answer as sent; empty text if there was none
 * @param json the answer if it is a JSON object
 * @param said one clause for people, with Twilio's error code where there is one
 * @param counted how many requests of the account Twilio says it had under way
 * @param retryAfter how long Twilio asks to wait
 */
record Attempt(
    Kind kind,
    int status,
    String body,
    Optional<JsonNode> json,
    String said,
    OptionalInt counted,
    Optional<Duration> retryAfter) {
  /** How one request can end. */
  enum Kind {
    /** 2xx and JSON. */
    ANSWERED(true, false),
    /** 4xx and JSON: Twilio says why not. */
    REFUSED(true, false),
    /** 401 or 403 and JSON. */
    DENIED(true, false),
    /** 404 and JSON. */
    NOT_FOUND(true, false),
    /** 429: too many at once; not processed. */
    TOO_MANY(true, false),
    /** No connection could be made, so nothing was sent. */
    UNREACHABLE(false, false),
    /** 5xx, or anything that is not Twilio's JSON; may have been processed. */
    BROKEN(false, true),
    /** Nothing by the deadline; may have been processed, or may be yet. */
    SILENT(false, true),
    /** The connection ended before the answer did; may have been processed. */
    CUT(false, true),
    /** There was no time, or no place, to send it at all. */
    NOT_SENT(false, false),
    /** Something newer was wanted, or another watcher leads, before it was sent. */
    NOT_WANTED(false, false);

    private final boolean twilioSpoke;
    private final boolean mayHaveActed;

    Kind(boolean twilioSpoke, boolean mayHaveActed) {
      this.twilioSpoke = twilioSpoke;
      this.mayHaveActed = mayHaveActed;
    }

    /** Whether Twilio itself answered, in whatever way. */
    boolean twilioSpoke() {
      return twilioSpoke;
    }

    /** Whether the request may have had, or may yet have, an effect that nobody told of. */
    boolean mayHaveActed() {
      return mayHaveActed;
    }
  }

  /** A request that got no answer. */
  static Attempt without(Kind kind, String said) {
    return new Attempt(kind, 0, "", Optional.empty(), said, OptionalInt.empty(), Optional.empty());
  }
}
