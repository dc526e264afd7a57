package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.secret.Secret;

/**
 * How to reach the carrier's API (Twilio).
 *
 * @param account SID of the account
 * @param authToken its token; also what inbound webhooks are signed with
 * @param apiKey key to use for requests instead of the token, if there is one
 * @param baseUrl where all of the API is, if not at Twilio: a simulated carrier, without a path;
 *     empty: Twilio
 * @param divertUrl answers with the TwiML that rings mobiles; the numbers go in its parameters
 * @param show whose number the mobiles show; the office's as shipped
 * @param ring how long they ring; {@code 25s} as shipped
 * @param connectTimeout how long a connection may take; {@code 2s} as shipped
 * @param requestTimeout how long one request may take; {@code 5s} as shipped
 * @param callDeadline how long one question or change may take with all its repetitions; {@code
 *     12s} as shipped, so that what was not answered can still be read back
 * @param mostAtOnce how many requests may be under way together; {@code 90} as shipped, and fewer
 *     when the carrier says so
 * @param testCall which number the carrier itself may call to see whether the PBX hears it; empty:
 *     it never does
 */
public record CarrierAccess(
    String account,
    Secret authToken,
    Optional<ApiKey> apiKey,
    Optional<URI> baseUrl,
    URI divertUrl,
    Shown show,
    Duration ring,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration callDeadline,
    int mostAtOnce,
    Optional<TestCall> testCall) {
  /** Without test calls. */
  public CarrierAccess(
      String account,
      Secret authToken,
      Optional<ApiKey> apiKey,
      Optional<URI> baseUrl,
      URI divertUrl,
      Shown show,
      Duration ring,
      Duration connectTimeout,
      Duration requestTimeout,
      Duration callDeadline,
      int mostAtOnce) {
    this(
        account,
        authToken,
        apiKey,
        baseUrl,
        divertUrl,
        show,
        ring,
        connectTimeout,
        requestTimeout,
        callDeadline,
        mostAtOnce,
        Optional.empty());
  }

  /**
   * Calls that the carrier places to a number on the trunk, which the PBX answers and listens to.
   *
   * @param number the number called, behind which is the dialplan's linekeeper-carrier-test
   * @param from another number of the account, from which it is called
   * @param every between two calls; empty: only when something is suspected
   */
  public record TestCall(PhoneNumber number, PhoneNumber from, Optional<Duration> every) {}

  /** A key that can be withdrawn without changing the account's token. */
  public record ApiKey(String sid, Secret secret) {}

  /** Whose number a mobile shows when a diverted call rings there. */
  public enum Shown {
    /** The office's, which always gets through. */
    OFFICE,
    /** The caller's where there is one, which some networks block. */
    CALLER
  }

  static final Shown SHOW = Shown.OFFICE;
  static final Duration RING = Duration.ofSeconds(25);
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  static final Duration CALL_DEADLINE = Duration.ofSeconds(12);
  static final int MOST_AT_ONCE = 90;
}
