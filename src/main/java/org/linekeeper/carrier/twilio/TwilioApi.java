package org.linekeeper.carrier.twilio;

import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.CarrierHealth;
import org.linekeeper.time.Ticker;

/** Asks the SDK and turns what came of it into values. */
final class TwilioApi implements AutoCloseable {
  /**
   * What came of a change.
   *
   * @param value what Twilio answered, if it did and it could be read
   * @param last how the last request ended
   */
  record Told<T>(Optional<T> value, Attempt last) {}

  private final TwilioSettings settings;
  private final Line line;

  TwilioApi(TwilioSettings settings, InstantSource clock, Ticker ticker) {
    this.settings = settings;
    this.line =
        new Line(
            new Wire(settings),
            new Limiter(ticker, settings.mostAtOnce()),
            new Health(clock),
            ticker,
            settings.requestTimeout());
  }

  /** When a call begun now must end, by the ticker. */
  Duration deadline() {
    return line.ticker().now().plus(settings.callDeadline());
  }

  <T> Answer<T> ask(Function<TwilioRestClient, T> question) {
    return ask(question, false, deadline());
  }

  <T> Answer<T> ask(Function<TwilioRestClient, T> question, boolean urgent, Duration deadline) {
    return ask(question, Repeat.READ, urgent, deadline);
  }

  <T> Answer<T> ask(
      Function<TwilioRestClient, T> question, Repeat repeat, boolean urgent, Duration deadline) {
    Told<T> told = run(question, repeat, urgent, deadline);
    return told.value().map(Answer::of).orElseGet(() -> problem(told.last()));
  }

  /**
   * Makes something be as wanted.
   *
   * @param still asked just before each request is sent: once it says no, none is
   */
  <T> Told<T> set(
      Function<TwilioRestClient, T> work,
      boolean urgent,
      Duration deadline,
      BooleanSupplier still) {
    return run(work, new Call(line, Repeat.SET, urgent, deadline, still));
  }

  <T> Told<T> run(
      Function<TwilioRestClient, T> work, Repeat repeat, boolean urgent, Duration deadline) {
    return run(work, new Call(line, repeat, urgent, deadline, () -> true));
  }

  private <T> Told<T> run(Function<TwilioRestClient, T> work, Call call) {
    // A client for each call costs a few fields; the connections are the line's. Never the static
    // Twilio.init, whose settings all of a program would share.
    TwilioRestClient client =
        new TwilioRestClient.Builder(settings.user(), settings.secret())
            .accountSid(settings.accountSid())
            .httpClient(call)
            .build();
    try {
      return new Told<>(Optional.ofNullable(work.apply(client)), call.last());
    } catch (TwilioException e) {
      // Its text may quote whole answers; how the last request ended says enough.
      return new Told<>(Optional.empty(), call.last());
    }
  }

  CarrierHealth health() {
    return line.health().now(line.limiter().limit());
  }

  Tally tally() {
    return line.health().tally();
  }

  @Override
  public void close() {
    line.wire().close();
  }

  private static <T> Answer<T> problem(Attempt last) {
    return switch (last.kind()) {
      case ANSWERED ->
          Answer.no(Answer.Problem.REFUSED, "the carrier's answer lacks what was asked for");
      case REFUSED -> Answer.no(Answer.Problem.REFUSED, last.said());
      case DENIED -> Answer.no(Answer.Problem.DENIED, last.said());
      case NOT_FOUND -> Answer.no(Answer.Problem.NOT_FOUND, last.said());
      case TOO_MANY, UNREACHABLE, BROKEN, SILENT, CUT, NOT_SENT, NOT_WANTED ->
          Answer.no(Answer.Problem.UNREACHABLE, last.said());
    };
  }
}
