package org.linekeeper.web;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Takes the carrier's webhook for texts, and checks that it is the carrier who calls. */
@FunctionalInterface
public interface TextDoor {
  /**
   * Judges one request by its signature, which costs next to nothing; nothing else is done yet.
   *
   * @param form its fields, as sent; the signature covers all of them
   * @param signature the carrier's {@code X-Twilio-Signature}; empty text if there is none
   */
  Knock judge(SortedMap<String, String> form, String signature);

  /**
   * What came of judging.
   *
   * @param status HTTP status: 200 for a text from the carrier; 403 for a signature that does not
   *     fit
   * @param obey takes the text and gives the TwiML document to answer with; empty if it cannot be
   *     taken now, so that the carrier had better ask its fallback; asked only at 200
   */
  record Knock(int status, Supplier<CompletionStage<Optional<String>>> obey) {
    /** One that is turned away. */
    public static Knock refused(int status) {
      return new Knock(
          status,
          () -> {
            throw new IllegalStateException("turned away with " + status);
          });
    }
  }
}
