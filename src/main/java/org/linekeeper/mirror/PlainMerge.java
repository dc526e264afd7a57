package org.linekeeper.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.mirror.Change.Side;

/**
 * Rows without a time in them, such as forwarding. The PBX that serves is believed; a row that was
 * changed on the other one since both had it alike, and not here, is newer and left alone. What was
 * alike is remembered beyond a failover, so that what somebody switched off on the standby while it
 * served does not come back with the primary.
 */
final class PlainMerge implements Merge {
  /** How each row was when both had it alike. */
  private final Map<String, String> alike = new HashMap<>();

  private final Set<String> gone = new HashSet<>();

  /**
   * Whether the PBX that serves has restarted and shown no row since. One that lost its database
   * looks like that; a running Asterisk does not lose it, so there rows go because somebody wants
   * it, to the last one.
   */
  private boolean unproven;

  @Override
  public Comparison compare(
      Map<String, String> active, Map<String, String> other, Places here, Places there) {
    unproven = unproven && active.isEmpty();
    List<Change> changes = new ArrayList<>();
    int same = 0;
    int own = 0;
    int skipped = 0;
    for (Map.Entry<String, String> row : active.entrySet()) {
      String key = row.getKey();
      String value = row.getValue();
      Optional<String> others = Optional.ofNullable(other.get(key));
      if (others.filter(value::equals).isPresent()) {
        alike.put(key, value);
        same++;
      } else if (!there.knows(key)) {
        skipped++;
      } else if (others.isPresent() && value.equals(alike.get(key))) {
        own++;
      } else {
        changes.add(new Change(Side.OTHER, key, Optional.of(value), others));
      }
    }
    List<Change> removals = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    for (Map.Entry<String, String> row : other.entrySet()) {
      String key = row.getKey();
      if (active.containsKey(key)) {
        continue;
      }
      if (!row.getValue().equals(alike.get(key))) {
        own++;
        continue;
      }
      missing.add(key);
      if (gone.contains(key)) {
        removals.add(new Change(Side.OTHER, key, Optional.empty(), Optional.of(row.getValue())));
      }
    }
    gone.clear();
    gone.addAll(missing);
    Optional<String> withheld = whyNot(removals.size());
    if (withheld.isEmpty()) {
      changes.addAll(removals);
    }
    alike.keySet().removeIf(key -> !active.containsKey(key) && !other.containsKey(key));
    return new Comparison(changes, same, own, skipped, withheld);
  }

  private Optional<String> whyNot(int removals) {
    if (removals > 0 && unproven) {
      return Optional.of(Comparison.noneIsThere(removals));
    }
    return Comparison.tooMany(removals, alike.size())
        ? Optional.of(Comparison.tooManyAreGone(removals))
        : Optional.empty();
  }

  @Override
  public void done(Change change) {
    if (change.value().isPresent()) {
      alike.put(change.key(), change.value().get());
    } else {
      alike.remove(change.key());
    }
  }

  @Override
  public void forget() {
    gone.clear();
  }

  @Override
  public void restarted() {
    forget();
    unproven = true;
  }

  @Override
  public void turned() {
    forget();
    unproven = false;
  }
}
