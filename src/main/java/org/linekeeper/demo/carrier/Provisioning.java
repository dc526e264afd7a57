package org.linekeeper.demo.carrier;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets up what the office has bought, as its engineer once did in the carrier's console. SIDs
 * depend on names only, so that settings written once fit at each start.
 */
public final class Provisioning {
  private final World world;
  private final NumbersApi numbers;
  private final Mobiles mobiles;

  Provisioning(World world, NumbersApi numbers, Mobiles mobiles) {
    this.world = world;
    this.numbers = numbers;
    this.mobiles = mobiles;
  }

  /** The SID that {@link #trunk} gives to a trunk of this name. */
  public static String trunkSid(String name) {
    return Sids.of("TK", name);
  }

  /** The SID that {@link #originationUrl} gives to a URL of this name. */
  public static String originationUrlSid(String name) {
    return Sids.of("OU", name);
  }

  /** The SID of an office number. */
  public static String numberSid(String e164) {
    return Sids.of("PN", e164);
  }

  /** The SID that {@link #application} gives to an application of this name. */
  public static String applicationSid(String name) {
    return Sids.of("AP", name);
  }

  /**
   * Adds a trunk.
   *
   * @param disasterRecoveryUrl TwiML for when no PBX answers; null if none
   * @return its SID
   */
  public String trunk(String name, @Nullable String disasterRecoveryUrl) {
    Map<String, @Nullable Object> values = Shape.TRUNK.initial();
    values.put("friendly_name", name);
    values.put("domain_name", "demo.pstn.twilio.com");
    values.put("disaster_recovery_url", disasterRecoveryUrl);
    values.put("disaster_recovery_method", disasterRecoveryUrl == null ? null : "POST");
    synchronized (world) {
      world.trunks.put(world.make(trunkSid(name), "", values, world.now()));
    }
    return trunkSid(name);
  }

  /** Adds an enabled origination URL to a trunk and returns its SID. */
  public String originationUrl(
      String trunkSid, String name, String sipUrl, int priority, int weight) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("friendly_name", name);
    values.put("sip_url", sipUrl);
    values.put("priority", priority);
    values.put("weight", weight);
    values.put("enabled", true);
    synchronized (world) {
      world.originationUrls.put(world.make(originationUrlSid(name), trunkSid, values, world.now()));
    }
    return originationUrlSid(name);
  }

  /** Deletes an origination URL. */
  public void withoutOriginationUrl(String name) {
    synchronized (world) {
      world.originationUrls.remove(originationUrlSid(name));
    }
  }

  /** Adds a TwiML application with this voice URL and returns its SID. */
  public String application(String name, String voiceUrl) {
    Map<String, @Nullable Object> values = Shape.APPLICATION.initial();
    values.put("friendly_name", name);
    values.put("voice_url", voiceUrl);
    synchronized (world) {
      world.applications.put(world.make(applicationSid(name), "", values, world.now()));
    }
    return applicationSid(name);
  }

  /**
   * Adds a number and returns its SID.
   *
   * @param params as in Twilio's API, such as {@code TrunkSid} and {@code SmsUrl}
   * @throws IllegalArgumentException if the API would refuse them
   */
  public String number(String e164, Map<String, String> params) {
    synchronized (world) {
      Shape.Change change = numbers.check(Shape.NUMBER.read(Form.of(params)));
      TwilioError refusal = change.refusal();
      if (refusal != null) {
        throw new IllegalArgumentException(e164 + ": " + refusal.message());
      }
      world.numbers.put(numbers.bought(e164, change.values()));
    }
    return numberSid(e164);
  }

  /** Takes SMS away from a number, as many landline numbers have none. */
  public void withoutSms(String e164) {
    synchronized (world) {
      Entity number = world.numberFor(e164).orElseThrow();
      Map<String, @Nullable Object> change = new HashMap<>();
      change.put("capabilities", Map.of("voice", true, "sms", false, "mms", false, "fax", false));
      world.numbers.put(number.with(change, world.now()));
    }
  }

  /** Adds a staff member's mobile, switched on and answering. */
  public Mobile mobile(String e164) {
    return mobiles.add(e164);
  }

  /** All office numbers in E.164, in the order they were added. */
  public List<String> numbers() {
    synchronized (world) {
      return world.numbers.oldestFirst(n -> true).stream()
          .map(n -> n.text("phone_number"))
          .toList();
    }
  }

  /** A number as the API shows it. */
  public Map<String, @Nullable Object> number(String e164) {
    synchronized (world) {
      return numbers.render(world.numberFor(e164).orElseThrow(), "");
    }
  }
}
