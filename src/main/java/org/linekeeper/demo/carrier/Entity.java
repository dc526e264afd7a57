package org.linekeeper.demo.carrier;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One resource at the carrier: a number, a trunk, a message.
 *
 * @param parent SID of the resource it lies under, or empty
 * @param values by JSON name
 */
record Entity(
    String sid,
    String parent,
    Map<String, @Nullable Object> values,
    Instant created,
    Instant updated) {
  Entity {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  Entity with(Map<String, @Nullable Object> changes, Instant now) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.putAll(changes);
    return new Entity(sid, parent, changed, created, now);
  }

  /** The value as text; empty where it is null or was never set. */
  String text(String name) {
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  int whole(String name) {
    return values.get(name) instanceof Integer value ? value : 0;
  }
}
