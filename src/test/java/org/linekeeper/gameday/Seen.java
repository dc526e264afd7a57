package org.linekeeper.gameday;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What Linekeeper's API said at one moment.
 *
 * @param at when it was asked
 * @param verdicts PBX to verdict, as words
 * @param evidence PBX to what was seen of it
 * @param level of its headline: ok, warn or bad
 * @param said its headline, what it says besides, troubles and notices
 */
record Seen(
    Instant at,
    Map<String, String> verdicts,
    Map<String, String> evidence,
    String level,
    List<String> said,
    String active,
    long epoch,
    String decision,
    String permission,
    String reason,
    String promotion) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Seen of(String line) {
    int tab = line.indexOf('\t');
    JsonNode status = JSON.readTree(line.substring(tab + 1));
    Map<String, String> verdicts = new TreeMap<>();
    Map<String, String> evidence = new TreeMap<>();
    for (JsonNode pbx : status.path("pbxs")) {
      verdicts.put(pbx.path("id").asString(), pbx.path("verdict").asString());
      evidence.put(pbx.path("id").asString(), pbx.path("evidence").asString());
    }
    List<String> said = new ArrayList<>();
    said.add(status.path("sentence").asString());
    for (String more : List.of("besides", "troubles", "notices")) {
      status.path(more).forEach(text -> said.add(text.asString()));
    }
    JsonNode decision = status.path("decision");
    return new Seen(
        Instant.ofEpochMilli(Long.parseLong(line.substring(0, tab))),
        verdicts,
        evidence,
        status.path("level").asString(),
        said,
        status.path("active").asString(""),
        status.path("epoch").asLong(),
        decision.path("kind").asString(),
        decision.path("permission").asString(),
        decision.path("reason").asString(),
        status.path("promotion").path("reason").asString(""));
  }

  /** Nothing is wrong, and nothing is to be said. */
  boolean calm() {
    return level.equals("ok") && allHealthy();
  }

  boolean allHealthy() {
    return verdicts.size() == 2 && verdicts.values().stream().allMatch("healthy"::equals);
  }

  /** Verdicts that say that something is wrong, by PBX. */
  Map<String, String> bad() {
    return verdicts.entrySet().stream()
        .filter(v -> !v.getValue().equals("healthy") && !v.getValue().equals("inconclusive"))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
  }

  /** It leads the three, and may act. */
  boolean leads() {
    return said.stream().anyMatch(text -> text.startsWith("This watcher leads "));
  }

  /** That one leads the three. */
  boolean follows(String watcher) {
    return said.contains(watcher + " leads, and this watcher looks on.");
  }

  /** It gave up both PBXs, and sends numbers to mobiles. */
  boolean diverts() {
    return said.get(0).startsWith("No PBX can serve since ");
  }

  boolean asks() {
    return permission.equals("ask") && !decision.equals("rest") && !decision.equals("hold");
  }
}
