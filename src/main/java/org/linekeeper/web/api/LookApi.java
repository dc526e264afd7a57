package org.linekeeper.web.api;

import java.time.Instant;
import java.util.List;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.failover.Overview;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Numbers;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Everything that can be looked at. */
@RestController
@RequestMapping(path = "/api", produces = MediaType.APPLICATION_JSON_VALUE)
final class LookApi {
  private final Backend backend;

  LookApi(Backend backend) {
    this.backend = backend;
  }

  @GetMapping("/status")
  StatusAnswer status() {
    return StatusAnswer.of(backend, seen(), now());
  }

  @GetMapping("/numbers")
  List<NumberAnswer> numbers() {
    Overview seen = seen();
    return seen.routes().values().stream()
        .map(route -> NumberAnswer.of(seen, route, now()))
        .toList();
  }

  @GetMapping("/why/{number}")
  WhyAnswer why(@PathVariable("number") String number) {
    Overview seen = seen();
    PhoneNumber found =
        Numbers.named(seen, number).orElseThrow(() -> new NotFound(noNumber(number)));
    return WhyAnswer.of(seen, found, now());
  }

  @GetMapping("/journal")
  JournalAnswer journal(
      @RequestParam(name = "most", defaultValue = "50") int most,
      @RequestParam(name = "before", defaultValue = "" + Long.MAX_VALUE) long before) {
    return JournalAnswer.of(backend.journal(), most, before);
  }

  @GetMapping("/plan")
  PlanAnswer plan() {
    return PlanAnswer.of(seen());
  }

  private Overview seen() {
    return backend.overview().get();
  }

  private Instant now() {
    return backend.time().instant();
  }

  private static String noNumber(String asked) {
    return "\"" + asked + "\" is not one of the office's numbers. /api/numbers lists them.";
  }
}
