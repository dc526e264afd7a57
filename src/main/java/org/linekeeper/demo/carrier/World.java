package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything the carrier holds for the account. Each use of it holds its monitor. */
final class World {
  final Account account;
  final InstantSource clock;
  final Shelf numbers = new Shelf(10_000);
  final Shelf applications = new Shelf(1_000);
  final Shelf trunks = new Shelf(100);
  final Shelf originationUrls = new Shelf(1_000);
  final Shelf messages = new Shelf(10_000);
  final Shelf calls = new Shelf(1_000);

  /** From outside through a trunk; few are enough to see that calls get in. */
  final Shelf trunkCalls = new Shelf(200);

  final Shelf alerts = new Shelf(10_000);
  private final Instant started;
  private long made;

  World(Account account, InstantSource clock) {
    this.account = account;
    this.clock = clock;
    this.started = clock.instant();
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * A resource with a SID of its own, not yet on any shelf. The SID differs from run to run: a
   * customer who remembers MessageSids would take the first text after a restart for a replay.
   */
  Entity make(String prefix, String parent, Map<String, @Nullable Object> values) {
    made++;
    return make(Sids.of(prefix, started + " made " + made), parent, values, now());
  }

  Entity make(String sid, String parent, Map<String, @Nullable Object> values, Instant now) {
    return new Entity(sid, parent, values, now, now);
  }

  Optional<Entity> numberFor(String e164) {
    return numbers.oldestFirst(n -> n.text("phone_number").equals(e164)).stream().findFirst();
  }

  /** Records what the carrier's own log would show; source: Twilio docs "Monitor: Alerts". */
  void alert(int code, String logLevel, String text, String resourceSid, String url) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("alert_text", text);
    values.put("api_version", "2010-04-01");
    values.put("error_code", Integer.toString(code));
    values.put("log_level", logLevel);
    values.put("more_info", "https://www.twilio.com/docs/errors/" + code);
    values.put("request_method", "POST");
    values.put("request_url", url);
    values.put("resource_sid", resourceSid);
    values.put("service_sid", null);
    alerts.put(make("NO", "", values));
  }
}
