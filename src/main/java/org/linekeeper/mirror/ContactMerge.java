package org.linekeeper.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * What phones told the other PBX itself, and the active one has from there: that such a row goes
   * from the active one, as when an AOR lets old ones go, says nothing of the other.
   */
  private final Map<String, String> theirs = new HashMap<>();

  /** What the other PBX had from when it served; whoever registers there goes from these. */
  private final Map<String, String> old = new HashMap<>();

  private boolean turned;

  @Override
  public Comparison compare(
      Map<String, String> active, Map<String, String> other, Places here, Places there) {
    if (turned) {
      turned = false;
      old.clear();
      old.putAll(other);
    }
    old.entrySet().removeIf(row -> !row.getValue().equals(other.get(row.getKey())));
    List<Change> removals = new ArrayList<>();
    int own = removals(active, other, removals);
    Optional<String> withheld =
        Comparison.tooMany(removals.size(), copied.size())
            ? Optional.of(Comparison.tooManyAreGone(removals.size()))
            : Optional.empty();
    there.count(other.keySet());
    List<Change> changes = new ArrayList<>();
    if (withheld.isEmpty()) {
      removals.forEach(change -> there.free(change.key()));
    }
    int same = 0;
    int skipped = 0;
    for (Map.Entry<String, String> row : active.entrySet()) {
      String key = row.getKey();
      String value = row.getValue();
      Optional<String> others = Optional.ofNullable(other.get(key));
      if (others.filter(value::equals).isPresent()) {
        if (!value.equals(theirs.get(key))) {
          copied.put(key, value);
        }
        same++;
      } else if (!there.knows(key) || !AstDb.carries(value)) {
        skipped++;
      } else if (others.isEmpty() && (isCopied(key, value) || value.equals(theirs.get(key)))) {
        // The other PBX has removed it itself: it expired there, or the phone was replaced.
        skipped++;
      } else if (others.filter(o -> newerAndNotOurs(key, o, value)).isPresent()) {
        own++;
      } else if (others.isEmpty() && !there.hasRoom(key)) {
        skipped++;
      } else {
        if (others.isEmpty()) {
          there.take(key);
        }
        changes.add(new Change(Side.OTHER, key, Optional.of(value), others));
      }
    }
    if (withheld.isEmpty()) {
      changes.addAll(removals);
    }
    changes.addAll(news(active, other, here));
    otherBefore = Optional.of(Map.copyOf(other));
    // what neither has any more would let the guard against too many removals sleep
    copied.keySet().removeIf(key -> !active.containsKey(key) && !other.containsKey(key));
    theirs.keySet().removeIf(key -> !active.containsKey(key) && !other.containsKey(key));
    return new Comparison(changes, same, own, skipped, withheld);
  }

  /** Adds what shall go from the other PBX, and counts what it has of its own. */
  private int removals(
      Map<String, String> active, Map<String, String> other, List<Change> removals) {
    int own = 0;
    Set<String> missing = new HashSet<>();
    Map<String, List<String>> here = byAor(active);
    for (Map.Entry<String, String> row : other.entrySet()) {
      String key = row.getKey();
      if (active.containsKey(key)) {
        continue;
      }
      List<String> now = here.getOrDefault(Contact.aor(key), List.of());
      boolean ours = isCopied(key, row.getValue());
      if (ours) {
        missing.add(key);
      }
      // one of ours goes at once if the phone has another address now: a call must not try the old
      if (ours ? !now.isEmpty() || gone.contains(key) : outlived(row, now)) {
        removals.add(new Change(Side.OTHER, key, Optional.empty(), Optional.of(row.getValue())));
      } else if (!ours) {
        own++;
      }
    }
    gone.clear();
    gone.addAll(missing);
    return own;
  }

  private boolean isCopied(String key, String value) {
    return value.equals(copied.get(key));
  }

  private boolean newerAndNotOurs(String key, String others, String here) {
    return !isCopied(key, others) && Contact.expires(others) >= Contact.expires(here);
  }

  private static Map<String, List<String>> byAor(Map<String, String> rows) {
    Map<String, List<String>> found = new HashMap<>();
    rows.forEach(
        (key, value) ->
            found.computeIfAbsent(Contact.aor(key), aor -> new ArrayList<>()).add(value));
    return found;
  }

  /**
   * A row from when the other PBX served, for a phone that has registered with this one since. What
   * appears or changes there later is alive: a phone may register with both, and over TCP under two
   * names.
   */
  private boolean outlived(Map.Entry<String, String> row, List<String> now) {
    return row.getValue().equals(old.get(row.getKey()))
        && now.stream()
            .filter(value -> Contact.via(value).equals(Contact.via(row.getValue())))
            .anyMatch(value -> Contact.expires(value) > Contact.expires(row.getValue()));
  }

  /** Who has registered with the other PBX since the last look, and later than here. */
  private List<Change> news(Map<String, String> active, Map<String, String> other, Places here) {
    List<Change> changes = new ArrayList<>();
    here.count(active.keySet());
    otherBefore.ifPresent(
        before ->
            other.forEach(
                (key, value) -> {
                  Optional<String> ours = Optional.ofNullable(active.get(key));
                  boolean fresh = !value.equals(before.get(key)) && !isCopied(key, value);
                  boolean later =
                      ours.filter(o -> Contact.expires(o) >= Contact.expires(value)).isEmpty();
                  boolean room = ours.isPresent() || here.hasRoom(key);
                  if (fresh && later && room && AstDb.carries(value)) {
                    if (ours.isEmpty()) {
                      here.take(key);
                    }
                    changes.add(new Change(Side.ACTIVE, key, Optional.of(value), ours));
                  }
                }));
    return changes;
  }

  @Override
  public void done(Change change) {
    boolean theirOwn = change.side() == Side.ACTIVE;
    Map<String, String> where = theirOwn ? theirs : copied;
    Map<String, String> elsewhere = theirOwn ? copied : theirs;
    elsewhere.remove(change.key());
    change
        .value()
        .ifPresentOrElse(value -> where.put(change.key(), value), () -> where.remove(change.key()));
  }

  @Override
  public void forget() {
    copied.clear();
    gone.clear();
    theirs.clear();
    otherBefore = Optional.empty();
  }

  @Override
  public void turned() {
    forget();
    turned = true;
  }
}
