package org.linekeeper.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.secret.Secret;

/** {@code carrier:} in linekeeper.yml. */
final class CarrierSection {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  /** Shorter and nobody has the phone out of a pocket; longer and every caller has hung up. */
  private static final Duration SHORTEST_RING = Duration.ofSeconds(5);

  private static final Duration LONGEST_RING = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Each call costs money, twice: out and in. */
  private static final Duration MOST_OFTEN = Duration.ofMinutes(10);

  private static final Duration LEAST_OFTEN = Duration.ofDays(1);

  final Optional<String> trunk;
  final Optional<CarrierAccess> access;

  /** Where the test number stands. */
  private Optional<Value> testNumber = Optional.empty();

  CarrierSection(Section section, Optional<String> region) {
    Optional<String> account =
        section.required("account", "AC and 32 characters").flatMap(v -> sid(v, "AC"));
    Optional<Secret> token = section.required("auth-token", "${env:NAME}").flatMap(Value::secret);
    trunk = section.required("trunk", "TK and 32 characters").flatMap(v -> sid(v, "TK"));
    Optional<CarrierAccess.ApiKey> key = key(section.section("api-key"));
    Optional<URI> base = section.optional("base-url").flatMap(Value::origin);
    Optional<URI> divert =
        section
            .required("divert-url", "https://… of the TwiML that rings mobiles")
            .flatMap(Value::url);
    CarrierAccess.Shown show =
        section
            .optional("show")
            .flatMap(v -> v.choice(CarrierAccess.Shown.class))
            .orElse(CarrierAccess.SHOW);
    Duration ring =
        section
            .optional("ring")
            .flatMap(v -> v.duration(SHORTEST_RING, LONGEST_RING))
            .orElse(CarrierAccess.RING);
    Duration connect = duration(section, "connect-timeout", CarrierAccess.CONNECT_TIMEOUT);
    Duration request = duration(section, "request-timeout", CarrierAccess.REQUEST_TIMEOUT);
    Duration call = duration(section, "call-deadline", CarrierAccess.CALL_DEADLINE);
    int most =
        section
            .optional("most-at-once")
            .flatMap(v -> v.number(1, 500))
            .orElse(CarrierAccess.MOST_AT_ONCE);
    if (request.compareTo(call) > 0) {
      section.wrong(
          "\"request-timeout\" ("
              + Durations.show(request)
              + ") is longer than \"call-deadline\" ("
              + Durations.show(call)
              + ")",
          "make the deadline longer: it holds for a request with all its repetitions");
    }
    Optional<CarrierAccess.TestCall> test = test(section.section("test-call"), region);
    section.close();
    access =
        account.isPresent() && token.isPresent() && divert.isPresent()
            ? Optional.of(
                new CarrierAccess(
                    account.get(),
                    token.get(),
                    key,
                    base,
                    divert.get(),
                    show,
                    ring,
                    connect,
                    request,
                    call,
                    most,
                    test))
            : Optional.empty();
  }

  private Optional<CarrierAccess.TestCall> test(Section section, Optional<String> region) {
    testNumber = section.required("number", "a number on the trunk");
    Optional<PhoneNumber> number = testNumber.flatMap(v -> v.phone(region));
    Optional<Value> fromValue = section.required("from", "another number of the account");
    Optional<PhoneNumber> from = fromValue.flatMap(v -> v.phone(region));
    Optional<Duration> every =
        section
            .optional("every")
            .filter(v -> !v.text().equals(Optional.of("off")))
            .flatMap(v -> v.duration(MOST_OFTEN, LEAST_OFTEN));
    section.close();
    if (from.isPresent() && from.equals(number)) {
      fromValue.ifPresent(
          v ->
              v.wrong(
                  "a number cannot call itself",
                  "name another number of the account, which may be any that it owns"));
    }
    return number.flatMap(to -> from.map(f -> new CarrierAccess.TestCall(to, f, every)));
  }

  /** A number that can be diverted would ring people's mobiles with every test call. */
  void checkTestNumber(List<OfficeNumber> numbers) {
    boolean moves =
        access
            .flatMap(CarrierAccess::testCall)
            .filter(test -> numbers.stream().anyMatch(n -> n.number().equals(test.number())))
            .isPresent();
    testNumber
        .filter(value -> moves)
        .ifPresent(
            value ->
                value.wrong(
                    value.label() + " of test-call is in numbers.yml, so calls to it can be moved",
                    "name a number on the trunk that nobody uses, and leave it out of numbers.yml"));
  }

  private static Duration duration(Section section, String key, Duration shipped) {
    return section.optional(key).flatMap(v -> v.duration(SHORTEST, LONGEST)).orElse(shipped);
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
