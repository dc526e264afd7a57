package org.linekeeper.journal;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who keeps the journal, as far as is known here.
 *
 * @param leads whether this watcher leads and may act ({@link RightToAct})
 * @param leader which other one does; empty if none is known to
 * @param members the watchers that belong
 * @param lost those of them whose directories are empty: to be replaced
 * @param silent those of them that this one, while it leads, has not heard of for some seconds, or
 *     that have not written for so long
 * @param apart of each watcher that keeps another journal what people must know, in sentences
 *     without their full stop
 */
public record Standing(
    boolean leads,
    Optional<String> leader,
    List<String> members,
    Set<String> lost,
    Set<String> silent,
    List<String> apart) {
  /** Of a watcher that has no others. */
  public static final Standing ALONE =
      new Standing(true, Optional.empty(), List.of(), Set.of(), Set.of(), List.of());

  /** Copies its collections. */
  public Standing {
    members = List.copyOf(members);
    lost = Set.copyOf(lost);
    silent = Set.copyOf(silent);
    apart = List.copyOf(apart);
  }
}
