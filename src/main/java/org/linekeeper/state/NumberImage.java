package org.linekeeper.state;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Every writable field of a number at the carrier, as it was at one moment.
 *
 * @param fields values by the carrier's own parameter name, such as {@code VoiceUrl}; a field that
 *     is not set is the empty text, so that it can be put back
 */
public record NumberImage(SortedMap<String, String> fields) {
  /** Copies the map. */
  public NumberImage {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** From any map. */
  public static NumberImage of(Map<String, String> fields) {
    return new NumberImage(new TreeMap<>(fields));
  }

  /** The field's value; empty text if it is not set. */
  public String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** The same with some fields changed. */
  public NumberImage with(Map<String, String> changes) {
    SortedMap<String, String> changed = new TreeMap<>(fields);
    changed.putAll(changes);
    return new NumberImage(changed);
  }

  /** What would have to be sent to turn this image into the other: only fields that differ. */
  public SortedMap<String, String> changesTo(NumberImage wanted) {
    SortedMap<String, String> changes = new TreeMap<>();
    wanted.fields.forEach(
        (field, value) -> {
          if (!get(field).equals(value)) {
            changes.put(field, value);
          }
        });
    return Collections.unmodifiableSortedMap(changes);
  }
}
