package org.linekeeper.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.linekeeper.web.Asking;
import org.linekeeper.web.Backend;
import org.linekeeper.web.RateLimit;
import org.linekeeper.web.TextDoor;
import org.linekeeper.web.TextDoor.Knock;
import org.linekeeper.web.security.SecurityConfiguration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The carrier's door for texts: no login, but a signature over everything. */
@RestController
final class TextsApi {
  /**
   * An office's whole staff may text at once; more than that is a flood, and polling catches up.
   */
  private static final int BURST = 60;

  private static final double PER_SECOND = 10;

  private final Optional<TextDoor> door;

  /** Of its own, so that nobody but the carrier can use up the carrier's. */
  private final RateLimit forged;

  private final RateLimit signed;

  TextsApi(Backend backend) {
    door = backend.texts();
    forged = new RateLimit(backend.ticker(), BURST, PER_SECOND);
    signed = new RateLimit(backend.ticker(), BURST, PER_SECOND);
  }

  @PostMapping(
      path = SecurityConfiguration.WEBHOOK,
      consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  CompletableFuture<ResponseEntity<String>> text(HttpServletRequest request) {
    if (door.isEmpty()) {
      return CompletableFuture.completedFuture(ResponseEntity.notFound().build());
    }
    String signature = Optional.ofNullable(request.getHeader("X-Twilio-Signature")).orElse("");
    Knock knock = door.get().judge(form(request), signature);
    boolean good = knock.status() == 200;
    if (!(good ? signed : forged).take()) {
      return CompletableFuture.completedFuture(
          ResponseEntity.status(429).header("Retry-After", "10").build());
    }
    return good
        ? answered(knock)
        : CompletableFuture.completedFuture(ResponseEntity.status(knock.status()).build());
  }

  private static CompletableFuture<ResponseEntity<String>> answered(Knock knock) {
    return knock
        .obey()
        .get()
        .toCompletableFuture()
        .copy()
        .orTimeout(Asking.LONGEST.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            twiml ->
                twiml
                    .map(text -> ResponseEntity.ok().contentType(MediaType.TEXT_XML).body(text))
                    .orElseGet(() -> ResponseEntity.status(503).build()));
  }

  /** Without the query, which the carrier signs as part of the address. */
  private static SortedMap<String, String> form(HttpServletRequest request) {
    MultiValueMap<String, String> query =
        UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams();
    SortedMap<String, String> form = new TreeMap<>();
    request
        .getParameterMap()
        .forEach(
            (name, values) ->
                Stream.of(values)
                    .skip(query.getOrDefault(name, List.of()).size())
                    .findFirst()
                    .ifPresent(value -> form.put(name, value)));
    return form;
  }
}
