package org.linekeeper.demo.office;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.linekeeper.demo.carrier.Account;

/**
 * How is a simulated carrier set up that stands alone, such as in a container of its own?
 *
 * @param bind address to listen on
 * @param account with the token that requests need and webhooks are signed with
 * @param pbxs SIP URIs by name, the primary first
 * @param numbers the office's numbers, in E.164
 * @param control the number that staff text; empty text: none
 * @param smsUrl where texts to it are brought; empty text: nowhere, they are fetched
 * @param callEvery between two calls
 * @param hunting whether a call tries the next PBX by itself
 */
public record CarrierSettings(
    String bind,
    Account account,
    Map<String, String> pbxs,
    List<String> numbers,
    String control,
    String smsUrl,
    Duration callEvery,
    boolean hunting) {
  private static final String PREFIX = "DEMO_CARRIER_";

  /** What can be set, with what it is if nothing is. */
  public static final Map<String, String> DEFAULTS = defaults();

  private static Map<String, String> defaults() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(PREFIX + "BIND", "127.0.0.1");
    all.put(PREFIX + "ACCOUNT", Account.demo().sid());
    all.put(PREFIX + "TOKEN", Account.demo().authToken());
    all.put(PREFIX + "PBXS", "primary=sip:127.0.0.1:5060,standby=sip:127.0.0.1:5070");
    all.put(
        PREFIX + "NUMBERS",
        IntStream.rangeClosed(1, 6).mapToObj("+44163296000%d"::formatted).collect(joining(",")));
    all.put(PREFIX + "CONTROL", "+441632960999");
    all.put(PREFIX + "SMS_URL", "");
    all.put(PREFIX + "CALL_EVERY", "1s");
    all.put(PREFIX + "HUNTING", "yes");
    return all;
  }

  /**
   * As the environment has it.
   *
   * @throws IllegalArgumentException if a value is wrong, in a sentence for people
   */
  public static CarrierSettings of(Map<String, String> environment) {
    Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
    DEFAULTS.keySet().stream()
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .forEach(name -> values.put(name, environment.getOrDefault(name, "").strip()));
    return new CarrierSettings(
        value(values, "BIND", ".+"),
        new Account(value(values, "ACCOUNT", "AC[0-9a-f]{32}"), value(values, "TOKEN", ".+")),
        pbxs(value(values, "PBXS", "[a-z0-9-]+=sip:[^,]+(,[a-z0-9-]+=sip:[^,]+)*")),
        numbers(value(values, "NUMBERS", "\\+[1-9][0-9]{6,14}(,\\+[1-9][0-9]{6,14})*")),
        value(values, "CONTROL", "(\\+[1-9][0-9]{6,14})?"),
        value(values, "SMS_URL", "(https?://.+)?"),
        duration(value(values, "CALL_EVERY", "[0-9]{1,4}(ms|s)")),
        value(values, "HUNTING", "yes|no").equals("yes"));
  }

  private static String value(Map<String, String> values, String name, String form) {
    String value = values.getOrDefault(PREFIX + name, "");
    if (!value.matches(form)) {
      // Not repeated: it may be the token.
      throw new IllegalArgumentException(
          PREFIX
              + name
              + " is not as it should be; by default it is "
              + DEFAULTS.get(PREFIX + name));
    }
    return value;
  }

  private static Map<String, String> pbxs(String text) {
    Map<String, String> pbxs = new LinkedHashMap<>();
    Stream.of(text.split(","))
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> pbxs.put(pair[0], pair[1]));
    return pbxs;
  }

  private static List<String> numbers(String text) {
    return List.of(text.split(","));
  }

  private static Duration duration(String text) {
    return text.endsWith("ms")
        ? Duration.ofMillis(Integer.parseInt(text.substring(0, text.length() - 2)))
        : Duration.ofSeconds(Integer.parseInt(text.substring(0, text.length() - 1)));
  }
}
