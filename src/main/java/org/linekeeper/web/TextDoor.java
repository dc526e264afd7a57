package org.linekeeper.web;

import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** Takes the carrier's webhook for texts, and checks that it is the carrier who calls. */
@FunctionalInterface
public interface TextDoor {
  /**
   * Takes one request.
   *
   * @param form its fields, as sent; the signature covers all of them
   * @param signature the carrier's {@code X-Twilio-Signature}; empty text if there is none
   */
  CompletionStage<Reply> receive(SortedMap<String, String> form, String signature);

  /**
   * What the carrier gets.
   *
   * @param status HTTP status: 200, or 403 for a signature that does not fit
   * @param twiml the document; ignored unless the status is 200
   */
  record Reply(int status, String twiml) {}
}
