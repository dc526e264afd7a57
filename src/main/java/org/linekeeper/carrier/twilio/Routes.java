package org.linekeeper.carrier.twilio;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;

/**
 * How Twilio writes down where a number rings. Twilio's order: the trunk, then the application,
 * then the voice URL ("if a trunk_sid is present, we ignore all of the voice urls", documentation
 * of IncomingPhoneNumber).
 */
final class Routes {
  /** {@code <Dial>} rings at most ten numbers at once (documentation of {@code <Dial>}). */
  private static final int MOST_AT_ONCE = 10;

  private final URI divertUrl;
  private final Ringing ringing;

  Routes(TwilioSettings settings) {
    this.divertUrl = settings.divertUrl();
    this.ringing = settings.ringing();
  }

  NumberImage diverted(NumberImage image, List<PhoneNumber> rings, Optional<PhoneNumber> callerId) {
    if (rings.isEmpty()) {
      throw new IllegalArgumentException("a diverted number must ring somewhere");
    }
    // One POST: taking the number off the trunk first would leave a gap in which nothing answers.
    return image.with(
        Map.of(
            NumberFields.TRUNK,
            "",
            NumberFields.APPLICATION,
            "",
            NumberFields.VOICE_URL,
            url(rings, callerId),
            NumberFields.VOICE_METHOD,
            "POST"));
  }

  NumberImage withRoute(NumberImage image, NumberImage route) {
    return image.with(NumberFields.ROUTE.stream().collect(Collectors.toMap(f -> f, route::get)));
  }

  boolean sameRoute(NumberImage one, NumberImage other) {
    return route(one).equals(route(other));
  }

  boolean diverts(NumberImage image) {
    return image.get(NumberFields.TRUNK).isEmpty()
        && image.get(NumberFields.APPLICATION).isEmpty()
        && image.get(NumberFields.VOICE_URL).startsWith(divertUrl + query());
  }

  private static String route(NumberImage image) {
    String trunk = image.get(NumberFields.TRUNK);
    if (!trunk.isEmpty()) {
      return trunk;
    }
    String application = image.get(NumberFields.APPLICATION);
    return application.isEmpty()
        ? image.get(NumberFields.VOICE_METHOD) + " " + image.get(NumberFields.VOICE_URL)
        : application;
  }

  String url(List<PhoneNumber> rings, Optional<PhoneNumber> callerId) {
    String to =
        rings.stream()
            .limit(MOST_AT_ONCE)
            .map(number -> encode(number.e164()))
            .collect(Collectors.joining(","));
    return divertUrl
        + query()
        + to
        + callerId.map(number -> "&callerId=" + encode(number.e164())).orElse("")
        + ringing.query();
  }

  private String query() {
    return (divertUrl.getRawQuery() == null ? "?" : "&") + "to=";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
