package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.linekeeper.secret.Secret;

/** {@code carrier:} in linekeeper.yml. */
final class CarrierSection {
  final Optional<String> trunk;
  final Optional<CarrierAccess> access;

  CarrierSection(Section section) {
    Optional<String> account =
        section.required("account", "AC and 32 characters").flatMap(v -> sid(v, "AC"));
    Optional<Secret> token = section.required("auth-token", "${env:NAME}").flatMap(Value::secret);
    trunk = section.required("trunk", "TK and 32 characters").flatMap(v -> sid(v, "TK"));
    Optional<CarrierAccess.ApiKey> key = key(section.section("api-key"));
    Optional<URI> base = section.optional("base-url").flatMap(Value::url);
    Optional<URI> twiml = section.optional("twiml-base-url").flatMap(Value::url);
    Duration connect =
        duration(section, "connect-timeout", 100, 30_000, CarrierAccess.CONNECT_TIMEOUT);
    Duration answer =
        duration(section, "answer-timeout", 500, 60_000, CarrierAccess.ANSWER_TIMEOUT);
    int atOnce =
        section
            .optional("most-at-once")
            .flatMap(v -> v.number(1, 500))
            .orElse(CarrierAccess.MOST_AT_ONCE);
    Duration alerts =
        duration(section, "alerts-every", 1_000, 3_600_000, CarrierAccess.ALERTS_EVERY);
    section.close();
    access =
        account.flatMap(
            a ->
                token.map(
                    t ->
                        new CarrierAccess(
                            a, t, key, base, twiml, connect, answer, atOnce, alerts)));
  }

  private static Duration duration(
      Section section, String key, int leastMillis, int mostMillis, Duration shipped) {
    return section
        .optional(key)
        .flatMap(v -> v.duration(Duration.ofMillis(leastMillis), Duration.ofMillis(mostMillis)))
        .orElse(shipped);
  }

  private static Optional<CarrierAccess.ApiKey> key(Section section) {
    Optional<String> sid =
        section.required("sid", "SK and 32 characters").flatMap(v -> sid(v, "SK"));
    Optional<Secret> secret = section.required("secret", "${env:NAME}").flatMap(Value::secret);
    section.close();
    return sid.flatMap(s -> secret.map(k -> new CarrierAccess.ApiKey(s, k)));
  }

  private static Optional<String> sid(Value value, String prefix) {
    return value.matching(
        prefix + "[0-9a-fA-F]{32}", "write the carrier's SID: " + prefix + " and 32 characters");
  }
}
