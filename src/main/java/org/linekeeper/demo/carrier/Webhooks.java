package org.linekeeper.demo.carrier;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the customer's URLs what to do, with signed requests and a deadline. */
final class Webhooks {
  /** Twilio's own limit for a TwiML document. */
  private static final int MAX_BYTES = 64 * 1024;

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final Account account;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  Webhooks(Account account) {
    this.account = account;
  }

  /**
   * What the URL answered.
   *
   * @param status 0 if there was no answer in time
   * @param problem a sentence, empty if the answer can be used
   */
  record Reply(int status, String contentType, String body, String problem) {
    boolean usable() {
      return problem.isEmpty();
    }

    static Reply none(String problem) {
      return new Reply(0, "", "", problem);
    }
  }

  Reply ask(String method, String url, Form params, Duration deadline) {
    boolean get = method.equals("GET");
    String full = get ? url + (url.contains("?") ? "&" : "?") + params.encode() : url;
    HttpRequest request;
    try {
      HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(full)).timeout(deadline);
      if (get) {
        builder.header(
            "X-Twilio-Signature", Signature.of(account.authToken(), full, Form.EMPTY.values()));
      } else {
        builder
            .header("X-Twilio-Signature", Signature.of(account.authToken(), url, params.values()))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(params.encode()));
      }
      request = builder.header("User-Agent", "TwilioProxy/1.1").build();
    } catch (IllegalArgumentException e) {
      return Reply.none("not a URL: " + url);
    }
    return send(request, deadline);
  }

  private Reply send(HttpRequest request, Duration deadline) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      // the request's own timeout ends with the headers; this one covers the body too
      return read(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return Reply.none("no answer within " + deadline.toMillis() + " ms");
    } catch (ExecutionException e) {
      return Reply.none("no answer: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.none("the simulated carrier is closing");
    }
  }

  private static Reply read(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      return new Reply(status, type, "", "answered " + status);
    }
    if (response.body().length > MAX_BYTES) {
      return new Reply(status, type, "", "answered more than 64 KB");
    }
    return new Reply(status, type, new String(response.body(), StandardCharsets.UTF_8), "");
  }
}
