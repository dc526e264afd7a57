package org.linekeeper.mirror;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linekeeper.asterisk.Aor;

/**
 * For which rows does a PBX have a place? A registration needs an AOR of its name, and one too many
 * there makes Asterisk refuse the phone's own next one, unless the AOR lets old ones go.
 */
final class Places {
  /** By AOR; empty if rows of this kind need none. */
  private final Optional<Map<String, Aor>> aors;

  private final Map<String, Integer> taken = new HashMap<>();

  private Places(Optional<Map<String, Aor>> aors) {
    this.aors = aors;
  }

  /** For rows that need no AOR. */
  static Places forAll() {
    return new Places(Optional.empty());
  }

  /** For registrations at a PBX with these AORs. */
  static Places of(List<Aor> aors) {
    return new Places(
        Optional.of(
            aors.stream().collect(Collectors.toMap(Aor::name, Function.identity(), (a, b) -> a))));
  }

  /** Whether the PBX can make use of the row with that key. */
  boolean knows(String key) {
    return aors.filter(known -> !known.containsKey(Contact.aor(key))).isEmpty();
  }

  /** These rows stand there. */
  void count(Set<String> keys) {
    taken.clear();
    keys.forEach(this::take);
  }

  /** One row more. */
  void take(String key) {
    taken.merge(Contact.aor(key), 1, Integer::sum);
  }

  /** One row less. */
  void free(String key) {
    taken.merge(Contact.aor(key), -1, Integer::sum);
  }

  /** Whether one row more, with that key, hinders no phone. */
  boolean hasRoom(String key) {
    Optional<Aor> aor = aors.flatMap(all -> Optional.ofNullable(all.get(Contact.aor(key))));
    return aor.map(a -> a.removeExisting() || taken(key) < a.maxContacts())
        .orElseGet(() -> knows(key));
  }

  private int taken(String key) {
    return taken.getOrDefault(Contact.aor(key), 0);
  }
}
