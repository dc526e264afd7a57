package org.linekeeper.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.mirror.Change.Side;

/**
 * Registrations. The newest row for a phone is where it is; the PBX that serves is believed, but a
 * phone that registers anew at the other one, as after a planned switchover, is heard too: without
 * that it could not be called any more once the copy expires. What the other PBX had from before is
 * no such news.
 */
final class ContactMerge implements Merge {
  /** What is on the other PBX because it is on the active one. */
  private final Map<String, String> copied = new HashMap<>();

  /** Gone from the active PBX at the last look; at the next it is no hiccup. */
  private final Set<String> gone = new HashSet<>();

  private Optional<Map<String, String>> otherBefore = Optional.empty();

  @Override
  public Comparison compare(
      Map<String, String> active, Map<String, String> other, Predicate<String> knownThere) {
    List<Change> changes = new ArrayList<>();
    int same = 0;
    int own = 0;
    int skipped = 0;
    for (Map.Entry<String, String> row : active.entrySet()) {
      String key = row.getKey();
      String value = row.getValue();
      Optional<String> there = Optional.ofNullable(other.get(key));
      if (there.filter(value::equals).isPresent()) {
        copied.put(key, value);
        same++;
      } else if (!knownThere.test(key) || !AstDb.carries(value)) {
        skipped++;
      } else if (there.isEmpty() && value.equals(copied.get(key))) {
        // The other PBX has removed the copy itself: it expired there, or the phone was replaced.
        skipped++;
      } else if (there.filter(t -> newerAndNotOurs(key, t, value)).isPresent()) {
        own++;
      } else {
        changes.add(new Change(Side.OTHER, key, Optional.of(value), there));
      }
    }
    List<Change> removals = new ArrayList<>();
    for (Map.Entry<String, String> row : other.entrySet()) {
      String key = row.getKey();
      if (active.containsKey(key)) {
        continue;
      }
      if (row.getValue().equals(copied.get(key))
          ? replaced(key, active) || gone.contains(key)
          : outlived(row, active)) {
        removals.add(new Change(Side.OTHER, key, Optional.empty(), Optional.of(row.getValue())));
      } else if (!row.getValue().equals(copied.get(key))) {
        own++;
      }
    }
    gone.clear();
    other.forEach(
        (key, value) -> {
          if (!active.containsKey(key) && value.equals(copied.get(key))) {
            gone.add(key);
          }
        });
    boolean tooMany = Comparison.tooMany(removals.size(), copied.size());
    if (!tooMany) {
      changes.addAll(removals);
    }
    changes.addAll(news(active, other));
    otherBefore = Optional.of(Map.copyOf(other));
    return new Comparison(
        changes,
        same,
        own,
        skipped,
        tooMany ? Optional.of(Comparison.tooManyAreGone(removals.size())) : Optional.empty());
  }

  private boolean newerAndNotOurs(String key, String there, String here) {
    return !there.equals(copied.get(key)) && Contact.expires(there) >= Contact.expires(here);
  }

  /** The phone has another address now: a call must not go to the old one first. */
  private static boolean replaced(String key, Map<String, String> active) {
    return active.keySet().stream().map(Contact::aor).anyMatch(Contact.aor(key)::equals);
  }

  /** An old row of the other PBX itself, for a phone that has registered with this one since. */
  private static boolean outlived(Map.Entry<String, String> row, Map<String, String> active) {
    return active.entrySet().stream()
        .filter(now -> Contact.aor(now.getKey()).equals(Contact.aor(row.getKey())))
        .filter(now -> Contact.via(now.getValue()).equals(Contact.via(row.getValue())))
        .anyMatch(now -> Contact.expires(now.getValue()) > Contact.expires(row.getValue()));
  }

  /** Who has registered with the other PBX since the last look, and later than here. */
  private List<Change> news(Map<String, String> active, Map<String, String> other) {
    List<Change> changes = new ArrayList<>();
    otherBefore.ifPresent(
        before ->
            other.forEach(
                (key, value) -> {
                  Optional<String> here = Optional.ofNullable(active.get(key));
                  boolean fresh = !value.equals(before.get(key)) && !value.equals(copied.get(key));
                  boolean later =
                      here.filter(h -> Contact.expires(h) >= Contact.expires(value)).isEmpty();
                  if (fresh && later && AstDb.carries(value)) {
                    changes.add(new Change(Side.ACTIVE, key, Optional.of(value), here));
                  }
                }));
    return changes;
  }

  @Override
  public void done(Change change) {
    if (change.value().isPresent()) {
      copied.put(change.key(), change.value().get());
    } else {
      copied.remove(change.key());
    }
  }

  @Override
  public void forget() {
    copied.clear();
    gone.clear();
    otherBefore = Optional.empty();
  }
}
