package org.linekeeper.carrier.twilio;

import com.twilio.exception.ApiConnectionException;
import com.twilio.http.HttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.Header;

/**
 * The SDK's HTTP client for one question or change, which may take several requests: it has the
 * deadline of the whole and the right to repeat, and remembers how the last request ended.
 */
final class Call extends HttpClient {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /**
   * With less than this left nothing is sent: Twilio could not answer by then, and a change that
   * was surely not made would become one that nobody knows of.
   */
  private static final Duration SHORTEST = Duration.ofMillis(50);

  private static final Attempt NO_TIME =
      Attempt.without(Attempt.Kind.NOT_SENT, "there was no time left to ask the carrier");

  private static final Attempt NOT_WANTED =
      Attempt.without(
          Attempt.Kind.NOT_WANTED,
          "nothing was sent, as something newer is wanted or another leads");

  private final Line line;
  private final Repeat repeat;
  private final boolean urgent;
  private final Duration deadline;
  private final BooleanSupplier still;
  private Attempt last = NO_TIME;

  /**
   * @param deadline by the line's ticker
   * @param still asked just before each request is sent: once it says no, none is
   */
  Call(Line line, Repeat repeat, boolean urgent, Duration deadline, BooleanSupplier still) {
    this.line = line;
    this.repeat = repeat;
    this.urgent = urgent;
    this.deadline = deadline;
    this.still = still;
  }

  /** How the last request ended. */
  Attempt last() {
    return last;
  }

  /** The SDK would repeat any 5xx three times, texts included; this does not. */
  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  @Override
  public Response reliableRequest(
      Request request, int[] retryCodes, int retries, long delayMillis) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    last = NO_TIME;
    int faults = 0;
    int pauses = 0;
    Duration notBefore = line.ticker().now();
    do {
      Optional<Limiter.Permit> permit =
          line.limiter().enter(urgent, notBefore, deadline.minus(SHORTEST));
      Attempt attempt = permit.map(entered -> attempt(request, entered)).orElse(NO_TIME);
      if (attempt == NO_TIME || attempt == NOT_WANTED) {
        last = last == NO_TIME ? attempt : last;
        break; // how the attempt before this one ended is more use than that time ran out
      }
      last = attempt;
      faults += last.kind() == Attempt.Kind.TOO_MANY ? 0 : 1;
      notBefore = line.ticker().now().plus(pause(pauses++));
    } while (repeat.after(last.kind(), faults));
    if (last != NOT_WANTED) { // of the carrier that says nothing
      line.health().note(last);
    }
    if (last.status() == 0) {
      throw new ApiConnectionException(last.said());
    }
    return new Response(last.body(), last.status(), new Header[0]);
  }

  private Attempt attempt(Request request, Limiter.Permit permit) {
    Attempt attempt = NO_TIME;
    try {
      Duration left = deadline.minus(line.ticker().now());
      Duration timeout = left.compareTo(line.requestTimeout()) < 0 ? left : line.requestTimeout();
      if (!still.getAsBoolean()) {
        attempt = NOT_WANTED; // it may have waited behind a hundred others, or for the next try
      } else if (left.compareTo(SHORTEST) >= 0) {
        attempt = line.wire().send(request, timeout);
      }
      return attempt;
    } finally {
      line.limiter().leave(permit, attempt.kind() == Attempt.Kind.TOO_MANY, attempt.counted());
    }
  }

  private Duration pause(int pausesBefore) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(10, pausesBefore));
    Duration bounded = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    // Between half and all of it, so that requests refused together do not come back together.
    Duration spread =
        Duration.ofNanos(
            (long) (bounded.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1)));
    return last.retryAfter().filter(asked -> asked.compareTo(spread) > 0).orElse(spread);
  }
}
