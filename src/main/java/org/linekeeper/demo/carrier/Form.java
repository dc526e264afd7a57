package org.linekeeper.demo.carrier;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parameters of a query string or a form, in their order; of a repeated one the last counts.
 *
 * @param values by name
 */
public record Form(Map<String, String> values) {
  static final Form EMPTY = new Form(Map.of());

  static Form of(Map<String, String> values) {
    return new Form(new LinkedHashMap<>(values));
  }

  static Form parse(String encoded) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        values.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return new Form(values);
  }

  /** The value, which may be the empty text; empty if the parameter is absent. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value unless absent or blank. */
  Optional<String> given(String name) {
    return get(name).filter(v -> !v.isBlank());
  }

  int whole(String name, int otherwise) {
    return given(name)
        .filter(v -> v.matches("[0-9]{1,9}"))
        .map(Integer::parseInt)
        .orElse(otherwise);
  }

  /** The first half of the parameters, rounded up: what a half-applied request changed. */
  Form half() {
    return new Form(
        values.entrySet().stream()
            .limit((values.size() + 1) / 2)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new)));
  }

  String encode() {
    return values.entrySet().stream()
        .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone % is kept as it came, as most servers do
    }
  }
}
