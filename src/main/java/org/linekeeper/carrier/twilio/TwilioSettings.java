package org.linekeeper.carrier.twilio;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How is Twilio reached, and as whom? Local to each watcher; secrets never show in {@code
 * toString}.
 *
 * @param accountSid {@code AC…}
 * @param user the account SID, or the SID of an API key ({@code SK…})
 * @param secret the auth token, or the API key's secret
 * @param baseUrl stands for all of Twilio's host names if present: demo, tests, a proxy
 * @param divertUrl answers with the TwiML that rings mobiles, by the parameters {@code to} (E.164
 *     numbers with commas between them), {@code callerId}, {@code show} and {@code timeout}
 * @param ringing how the mobiles ring then
 * @param connectTimeout for one TCP connection
 * @param requestTimeout for one request and its whole answer
 * @param callDeadline for one question or change with all its repetitions
 * @param mostAtOnce requests under way together at most; fewer when Twilio says so
 */
public record TwilioSettings(
    String accountSid,
    String user,
    String secret,
    Optional<URI> baseUrl,
    URI divertUrl,
    Ringing ringing,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration callDeadline,
    int mostAtOnce) {
  /** Below 100, where accounts were seen to be refused. */
  private static final int MOST_AT_ONCE = 90;

  /** Refuses what cannot work. */
  public TwilioSettings {
    if (!accountSid.startsWith("AC") || user.isBlank() || secret.isBlank()) {
      throw new IllegalArgumentException(
          "an account SID (AC…), a user and a secret are needed to reach Twilio");
    }
    if (mostAtOnce < 1) {
      throw new IllegalArgumentException("at least one request must be allowed at once");
    }
    if (requestTimeout.compareTo(callDeadline) > 0) {
      throw new IllegalArgumentException("one request must not take longer than the whole call");
    }
  }

  /**
   * With the shipped times: 2 s to connect, 5 s a request, 12 s in all, so that a change that was
   * not answered can still be read back.
   */
  public static TwilioSettings of(
      String accountSid, String user, String secret, Optional<URI> baseUrl, URI divertUrl) {
    return new TwilioSettings(
        accountSid,
        user,
        secret,
        baseUrl,
        divertUrl,
        Ringing.SHIPPED,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(12),
        MOST_AT_ONCE);
  }

  /** The same with other times. */
  public TwilioSettings withTimes(Duration connect, Duration request, Duration call) {
    return new TwilioSettings(
        accountSid, user, secret, baseUrl, divertUrl, ringing, connect, request, call, mostAtOnce);
  }

  /** The same with mobiles that ring otherwise. */
  public TwilioSettings withRinging(Ringing other) {
    return new TwilioSettings(
        accountSid,
        user,
        secret,
        baseUrl,
        divertUrl,
        other,
        connectTimeout,
        requestTimeout,
        callDeadline,
        mostAtOnce);
  }

  /** The same with another limit. */
  public TwilioSettings withMostAtOnce(int most) {
    return new TwilioSettings(
        accountSid,
        user,
        secret,
        baseUrl,
        divertUrl,
        ringing,
        connectTimeout,
        requestTimeout,
        callDeadline,
        most);
  }

  @Override
  public String toString() {
    return "TwilioSettings[" + accountSid + baseUrl.map(url -> " at " + url).orElse("") + "]";
  }
}
