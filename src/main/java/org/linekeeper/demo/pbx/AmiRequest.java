package org.linekeeper.demo.pbx;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One action as it came: its header lines. */
record AmiRequest(List<String> lines) {
  AmiRequest {
    lines = List.copyOf(lines);
  }

  /** The value of the first header of that name, or empty text. */
  String get(String name) {
    return values(name).findFirst().orElse("");
  }

  List<String> all(String name) {
    return values(name).toList();
  }

  private Stream<String> values(String name) {
    return lines.stream()
        .filter(
            l ->
                l.length() > name.length()
                    && l.charAt(name.length()) == ':'
                    && l.regionMatches(true, 0, name, 0, name.length()))
        .map(l -> l.substring(name.length() + 1).trim());
  }

  String action() {
    return get("Action");
  }

  /** The ActionID as it goes into whatever answers this; nothing if there was none. */
  String idLine() {
    String id = get("ActionID");
    return id.isEmpty() ? "" : "ActionID: " + id + "\r\n";
  }

  boolean isTrue(String name) {
    return List.of("yes", "true", "y", "t", "1", "on").contains(get(name).toLowerCase(Locale.ROOT));
  }
}
