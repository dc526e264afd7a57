package org.linekeeper.carrier.twilio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.linekeeper.estate.PhoneNumber;

/**
 * Does a URL that shall ring mobiles answer as Twilio needs it? Asked as Twilio asks, without any
 * credentials.
 */
final class TwimlProbe {
  private static final Duration DEADLINE = Duration.ofSeconds(8);

  private TwimlProbe() {}

  /** Why it is no use, in a clause after its address; empty if it rings one of those mobiles. */
  static Optional<String> problem(String url, List<PhoneNumber> mobiles) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<byte[]> answer =
          client
              .sendAsync(request, info -> new LimitedBody())
              .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return judge(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8), mobiles);
    } catch (TimeoutException e) {
      return Optional.of("did not answer within " + DEADLINE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of("cannot be reached from here (" + e.getCause() + ")");
    } catch (IllegalArgumentException e) {
      return Optional.of("is not an http address");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("was not waited for");
    }
  }

  private static Optional<String> judge(int status, String body, List<PhoneNumber> mobiles) {
    if (status != 200) {
      return Optional.of("answers with HTTP status " + status);
    }
    if (!body.contains("<Response") || !body.contains("<Dial")) {
      return Optional.of("answers, but not with TwiML that has a <Dial>");
    }
    return mobiles.stream().map(PhoneNumber::e164).anyMatch(body::contains)
        ? Optional.empty()
        : Optional.of("answers with a <Dial>, but to nobody in staff.yml");
  }
}
