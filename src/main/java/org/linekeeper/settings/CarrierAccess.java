package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.linekeeper.secret.Secret;

/**
 * How to reach the carrier's API (Twilio).
 *
 * @param account SID of the account
 * @param authToken its token; also what inbound webhooks are signed with
 * @param apiKey key to use for requests instead of the token, if there is one
 * @param baseUrl where all of the API is, if not at Twilio: a simulated carrier; empty: Twilio
 * @param twimlBaseUrl where the carrier asks what to do with a diverted call; empty: the
 *     instructions are part of the number's own URL
 * @param connectTimeout how long a connection may take; {@code 2s} as shipped
 * @param answerTimeout how long one request may take; {@code 5s} as shipped
 * @param mostAtOnce how many requests may be under way together; {@code 50} as shipped, and less
 *     when the carrier says so
 * @param alertsEvery how often the carrier is asked what it noticed; {@code 5s} as shipped
 */
public record CarrierAccess(
    String account,
    Secret authToken,
    Optional<ApiKey> apiKey,
    Optional<URI> baseUrl,
    Optional<URI> twimlBaseUrl,
    Duration connectTimeout,
    Duration answerTimeout,
    int mostAtOnce,
    Duration alertsEvery) {
  /** A key that can be withdrawn without changing the account's token. */
  public record ApiKey(String sid, Secret secret) {}

  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  static final int MOST_AT_ONCE = 50;
  static final Duration ALERTS_EVERY = Duration.ofSeconds(5);
}
