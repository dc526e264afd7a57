package org.linekeeper.demo.carrier;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The simulated mobiles of the staff. */
final class Mobiles {
  private static final int LIMIT = 1_000;

  private final Map<String, Mobile> mobiles = new ConcurrentSkipListMap<>();

  Mobile add(String number) {
    if (mobiles.size() >= LIMIT && !mobiles.containsKey(number)) {
      throw new IllegalStateException("the simulated carrier has no room for more mobiles");
    }
    return mobiles.computeIfAbsent(number, Mobile::new);
  }

  Optional<Mobile> get(String number) {
    return Optional.ofNullable(mobiles.get(number));
  }

  List<Mobile> all() {
    return List.copyOf(mobiles.values());
  }
}
