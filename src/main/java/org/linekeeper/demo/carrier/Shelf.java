package org.linekeeper.demo.carrier;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All resources of one kind, in the order of their making. Guarded by the {@link World}'s lock. */
final class Shelf {
  private final Map<String, Entity> entities = new LinkedHashMap<>();
  private final int limit;

  /**
   * @param limit the oldest goes when one more arrives, so that a demo left running stays small
   */
  Shelf(int limit) {
    this.limit = limit;
  }

  void put(Entity entity) {
    entities.put(entity.sid(), entity);
    if (entities.size() > limit) {
      entities.remove(entities.keySet().iterator().next());
    }
  }

  Optional<Entity> get(String sid) {
    return Optional.ofNullable(entities.get(sid));
  }

  Optional<Entity> get(String sid, String parent) {
    return get(sid).filter(e -> e.parent().equals(parent));
  }

  void remove(String sid) {
    entities.remove(sid);
  }

  List<Entity> oldestFirst(Predicate<Entity> wanted) {
    return entities.values().stream().filter(wanted).toList();
  }

  List<Entity> newestFirst(Predicate<Entity> wanted) {
    List<Entity> found = new ArrayList<>(oldestFirst(wanted));
    Collections.reverse(found);
    return found;
  }
}
