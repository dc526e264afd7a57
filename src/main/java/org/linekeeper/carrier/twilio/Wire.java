package org.linekeeper.carrier.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Sends one of the SDK's requests over the JDK's client and waits for the whole answer, never
 * longer than it is told. The SDK's own client cannot: its connect timeout is fixed at 30.5 s.
 */
final class Wire implements AutoCloseable {
  static {
    // Before JDK 20 an idle connection is kept for 20 minutes. By then a firewall has often
    // forgotten it, and the request that matters would be the one to find out, at its deadline.
    if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
      System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    }
  }

  /** Answers are read and connections are made here; nothing in it blocks but looking up names. */
  private static final int THREADS = 4;

  private final ExecutorService threads;
  private final HttpClient client;
  private final Optional<URI> baseUrl;

  Wire(TwilioSettings settings) {
    this.baseUrl = settings.baseUrl();
    this.threads = Executors.newFixedThreadPool(THREADS, Wire::thread);
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // one connection each: a lost packet delays one
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  Attempt send(Request request, Duration timeout) {
    HttpRequest http;
    try {
      http = translate(request, timeout);
    } catch (IllegalArgumentException notHttp) {
      return Attempt.without(Attempt.Kind.NOT_SENT, "a request that cannot be sent: " + notHttp);
    }
    // Not the client's own timeout alone: before JDK 26 it ends with the answer's headers, and a
    // body that stalls would be waited for without end.
    CompletableFuture<HttpResponse<byte[]>> answer;
    try {
      answer = client.sendAsync(http, info -> new LimitedBody());
    } catch (RejectedExecutionException closed) {
      return Attempt.without(Attempt.Kind.NOT_SENT, "Linekeeper is shutting down");
    }
    try {
      return Reading.of(answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return silent(timeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return Attempt.without(Attempt.Kind.CUT, "waiting for the carrier was interrupted");
    } catch (ExecutionException e) {
      return fault(e.getCause() == null ? e : e.getCause(), timeout);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** What the JDK's client throws is the only word on whether anything was sent. */
  private static Attempt fault(Throwable cause, Duration timeout) {
    try {
      throw cause;
    } catch (HttpConnectTimeoutException | ConnectException | SSLHandshakeException e) {
      return Attempt.without(
          Attempt.Kind.UNREACHABLE,
          "the carrier cannot be reached (" + e.getClass().getSimpleName() + ")");
    } catch (HttpTimeoutException e) {
      return silent(timeout);
    } catch (IOException e) {
      return Attempt.without(
          Attempt.Kind.CUT, "the connection to the carrier ended before its answer");
    } catch (Throwable defect) {
      throw new IllegalStateException("a request to the carrier failed unforeseen", defect);
    }
  }

  private static Attempt silent(Duration timeout) {
    return Attempt.without(
        Attempt.Kind.SILENT, "the carrier did not answer within " + timeout.toMillis() + " ms");
  }

  private HttpRequest translate(Request request, Duration timeout) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(address(request))
            .timeout(timeout)
            .header("Authorization", request.getAuthString())
            .header("Accept", "application/json")
            .header("User-Agent", "linekeeper twilio-java");
    if (request.getMethod() == HttpMethod.POST) {
      http.header("Content-Type", "application/x-www-form-urlencoded")
          .POST(
              HttpRequest.BodyPublishers.ofString(
                  request.encodeFormBody(), StandardCharsets.UTF_8));
    }
    return http.build();
  }

  /** The SDK's address, at the other base if there is one; credentials go nowhere else. */
  private URI address(Request request) {
    URI twilio = URI.create(request.constructURL().toString());
    if (baseUrl.isPresent()) {
      URI base = baseUrl.get();
      String query = twilio.getRawQuery() == null ? "" : "?" + twilio.getRawQuery();
      return URI.create(
          base.getScheme() + "://" + base.getRawAuthority() + twilio.getRawPath() + query);
    }
    if (!"https".equals(twilio.getScheme()) || !twilio.getHost().endsWith(".twilio.com")) {
      throw new IllegalArgumentException(twilio.getHost() + " is not Twilio's");
    }
    return twilio;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "twilio-http");
    thread.setDaemon(true);
    return thread;
  }
}
