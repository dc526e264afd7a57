package org.linekeeper.demo.carrier;

import java.time.Duration;

/**
 * How the simulated carrier behaves; see {@link SimulatedCarrier#knobs(Knobs)}.
 *
 * @param latency from a request's arrival to its effect; the answer follows at once
 * @param maxConcurrent more requests than this at once get 429 (error 20429) and no effect
 * @param hang how long a request is held that is to time out; at most a minute
 * @param hunting whether a call goes to the next origination URL when one fails
 * @param legDeadline how long one origination URL may take to answer a call
 * @param webhookDeadline how long a webhook may take: 15 s with Twilio (documented)
 * @param alertLag how long an alert stays unseen in the API after what it tells of
 */
public record Knobs(
    Duration latency,
    int maxConcurrent,
    Duration hang,
    boolean hunting,
    Duration legDeadline,
    Duration webhookDeadline,
    Duration alertLag) {

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** No delay, 100 at once, hunting on. */
  public static final Knobs DEFAULT =
      new Knobs(
          Duration.ZERO,
          100,
          Duration.ofSeconds(20),
          true,
          Duration.ofSeconds(4),
          Duration.ofSeconds(15),
          Duration.ZERO);

  public Knobs {
    if (maxConcurrent < 1 || latency.compareTo(LONGEST) > 0 || hang.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "latency and hang are at most a minute, and at least one request must be let in");
    }
  }

  public Knobs withLatency(Duration wanted) {
    return new Knobs(wanted, maxConcurrent, hang, hunting, legDeadline, webhookDeadline, alertLag);
  }

  public Knobs withMaxConcurrent(int wanted) {
    return new Knobs(latency, wanted, hang, hunting, legDeadline, webhookDeadline, alertLag);
  }

  public Knobs withHang(Duration wanted) {
    return new Knobs(
        latency, maxConcurrent, wanted, hunting, legDeadline, webhookDeadline, alertLag);
  }

  public Knobs withHunting(boolean wanted) {
    return new Knobs(latency, maxConcurrent, hang, wanted, legDeadline, webhookDeadline, alertLag);
  }

  public Knobs withLegDeadline(Duration wanted) {
    return new Knobs(latency, maxConcurrent, hang, hunting, wanted, webhookDeadline, alertLag);
  }

  public Knobs withWebhookDeadline(Duration wanted) {
    return new Knobs(latency, maxConcurrent, hang, hunting, legDeadline, wanted, alertLag);
  }

  public Knobs withAlertLag(Duration wanted) {
    return new Knobs(latency, maxConcurrent, hang, hunting, legDeadline, webhookDeadline, wanted);
  }
}
