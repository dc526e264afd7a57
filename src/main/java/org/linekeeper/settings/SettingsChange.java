package org.linekeeper.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;

/**
 * What does an edit change, and may it take effect by itself?
 *
 * @param added numbers that were not there before
 * @param removed numbers that are no longer there
 * @param rerouted numbers whose site, mobility or targets are others, also because the mobile of
 *     somebody who answers them is another
 * @param others one clause for each other change, such as {@code the schedule}
 * @param limit how many numbers may be removed or re-routed without a confirmation: the limit in
 *     force before the edit, so that no edit can lift it for itself
 * @param region for showing numbers as people there write them
 */
public record SettingsChange(
    SortedSet<PhoneNumber> added,
    SortedSet<PhoneNumber> removed,
    SortedSet<PhoneNumber> rerouted,
    List<String> others,
    int limit,
    String region) {
  private static final int MOST_SHOWN = 5;

  /** Copies its collections. */
  public SettingsChange {
    added = new TreeSet<>(added);
    removed = new TreeSet<>(removed);
    rerouted = new TreeSet<>(rerouted);
    others = List.copyOf(others);
  }

  /** What lies between the two. */
  public static SettingsChange between(Estate before, Estate after) {
    Map<PhoneNumber, OfficeNumber> old = before.numbersByNumber();
    Map<PhoneNumber, OfficeNumber> now = after.numbersByNumber();
    SortedSet<PhoneNumber> added = new TreeSet<>(now.keySet());
    added.removeAll(old.keySet());
    SortedSet<PhoneNumber> removed = new TreeSet<>(old.keySet());
    removed.removeAll(now.keySet());
    Map<StaffId, PhoneNumber> oldMobiles = mobiles(before);
    Map<StaffId, PhoneNumber> newMobiles = mobiles(after);
    SortedSet<PhoneNumber> rerouted = new TreeSet<>();
    old.forEach(
        (number, was) -> {
          OfficeNumber is = now.get(number);
          if (is != null && !way(was, oldMobiles).equals(way(is, newMobiles))) {
            rerouted.add(number);
          }
        });
    return new SettingsChange(
        added,
        removed,
        rerouted,
        others(before, after),
        before.rules().confirmAbove(),
        after.targets().region());
  }

  /**
   * The same, with numbers that would ring elsewhere at this very moment, for example because a
   * rule of the schedule begins to cover them; whoever knows the wanted routes says which.
   */
  public SettingsChange withReroutedNow(Set<PhoneNumber> now) {
    SortedSet<PhoneNumber> more = new TreeSet<>(rerouted);
    more.addAll(now);
    more.removeAll(added);
    more.removeAll(removed);
    return new SettingsChange(added, removed, more, others, limit, region);
  }

  /** Whether it waits until somebody confirms it. */
  public boolean needsConfirmation() {
    return removed.size() + rerouted.size() > limit;
  }

  /** Whether nothing that decides is changed. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && rerouted.isEmpty() && others.isEmpty();
  }

  /** What it changes, in one sentence; if it waits, that and why. */
  public String sentence() {
    List<String> parts = new ArrayList<>();
    part(parts, "removes", removed);
    part(parts, "re-routes", rerouted);
    part(parts, "adds", added);
    if (!others.isEmpty()) {
      parts.add("changes " + String.join(", ", others));
    }
    String what = parts.isEmpty() ? "changes nothing that decides" : String.join("; ", parts);
    return needsConfirmation()
        ? "the edit "
            + what
            + ": more than "
            + limit
            + " numbers are removed or re-routed, so it waits until somebody confirms it"
        : "the edit " + what;
  }

  private void part(List<String> parts, String verb, SortedSet<PhoneNumber> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    String shown =
        String.join(", ", numbers.stream().limit(MOST_SHOWN).map(n -> n.display(region)).toList());
    String more =
        numbers.size() > MOST_SHOWN ? " and " + (numbers.size() - MOST_SHOWN) + " more" : "";
    parts.add(
        verb
            + " "
            + numbers.size()
            + (numbers.size() == 1 ? " number (" : " numbers (")
            + shown
            + more
            + ")");
  }

  /** Where a number's calls go, now or when it is diverted. */
  private static List<Object> way(OfficeNumber number, Map<StaffId, PhoneNumber> mobiles) {
    Set<Object> rings = new LinkedHashSet<>();
    for (Target target : number.targets()) {
      rings.add(target);
      target.staff().map(mobiles::get).ifPresent(rings::add);
    }
    return List.of(number.site(), number.movable(), rings);
  }

  private static Map<StaffId, PhoneNumber> mobiles(Estate estate) {
    Map<StaffId, PhoneNumber> mobiles = new HashMap<>();
    estate.staff().forEach(member -> mobiles.put(member.id(), member.mobile()));
    return mobiles;
  }

  private static List<String> others(Estate before, Estate after) {
    List<String> others = new ArrayList<>();
    Map<String, Function<Estate, Object>> parts = new LinkedHashMap<>();
    parts.put("the office's name", Estate::office);
    parts.put("the PBXs", Estate::pbxs);
    parts.put("the trunk or control number", Estate::trunk);
    parts.put("the schedule", Estate::schedule);
    parts.put("the target policy", Estate::targets);
    parts.put("the failover rules", Estate::rules);
    parts.forEach(
        (name, part) -> {
          if (!Objects.equals(part.apply(before), part.apply(after))) {
            others.add(name);
          }
        });
    if (relabelled(before, after)) {
      others.add("names, groups or caller IDs of numbers");
    }
    others.addAll(staff(before, after));
    return others;
  }

  private static boolean relabelled(Estate before, Estate after) {
    Map<PhoneNumber, OfficeNumber> now = after.numbersByNumber();
    return before.numbers().stream()
        .anyMatch(
            was ->
                Optional.ofNullable(now.get(was.number()))
                    .filter(is -> !label(is).equals(label(was)))
                    .isPresent());
  }

  private static List<Object> label(OfficeNumber number) {
    return List.of(number.name(), number.groups(), number.callerId());
  }

  private static List<String> staff(Estate before, Estate after) {
    List<String> changes = new ArrayList<>();
    for (StaffMember was : before.staff()) {
      Optional<StaffMember> is = after.staffMember(was.id());
      if (is.isEmpty()) {
        changes.add(was.id() + " (no longer staff)");
      } else if (!is.get().equals(was)) {
        changes.add(was.id() + " (mobile, rights or alerts)");
      }
    }
    for (StaffMember is : after.staff()) {
      if (before.staffMember(is.id()).isEmpty()) {
        changes.add(is.id() + " (new)");
      }
    }
    return changes;
  }
}
