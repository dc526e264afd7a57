package org.linekeeper.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.linekeeper.estate.Pbx;

/** Which changes of an edit take effect only at the next start? */
public final class RestartNeeded {
  private static final Map<String, Function<Settings, Object>> FIXED_AT_START = fixedAtStart();

  private RestartNeeded() {}

  /**
   * One sentence for each of them; empty if the whole edit takes effect at once. What can take
   * effect does so; these parts stay as they were.
   */
  public static List<String> between(Settings before, Settings after) {
    return FIXED_AT_START.entrySet().stream()
        .filter(part -> !part.getValue().apply(before).equals(part.getValue().apply(after)))
        .map(
            part ->
                part.getKey()
                    + " changed: this takes effect when Linekeeper is restarted; until then the old"
                    + " one stays in use")
        .toList();
  }

  private static Map<String, Function<Settings, Object>> fixedAtStart() {
    Map<String, Function<Settings, Object>> parts = new LinkedHashMap<>();
    parts.put("the watcher's name", s -> s.local().watcher());
    parts.put("the journal's directory", s -> s.local().journal());
    parts.put("the web address, port, users or TLS", s -> s.local().web());
    parts.put("the list of PBXs", s -> s.estate().pbxs().stream().map(Pbx::id).toList());
    parts.put("the access to a PBX", s -> s.local().pbxs());
    parts.put("the watching profile", s -> s.local().profile());
    parts.put("the carrier's access or time-outs", s -> s.local().carrier());
    parts.put("the trunk", s -> s.estate().trunk().sid());
    parts.put(
        "the SMS webhook or polling",
        s -> List.of(s.local().sms().webhookUrl(), s.local().sms().pollEvery()));
    parts.put("the office's time zone", s -> s.estate().schedule().zone());
    return parts;
  }
}
