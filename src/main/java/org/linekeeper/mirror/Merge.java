package org.linekeeper.mirror;

import java.util.Map;
import java.util.function.Predicate;

/**
 * Decides which rows to copy, from looking at both PBXs again and again; remembers what was copied.
 * Pure but for that memory: one for each pair and kind of row, used by one thread at a time.
 */
interface Merge {
  /**
   * What is to be done?
   *
   * @param active all rows of the PBX that serves
   * @param other all rows of the other one
   * @param knownThere whether the other PBX can make use of the row with that key
   */
  Comparison compare(
      Map<String, String> active, Map<String, String> other, Predicate<String> knownThere);

  /** That was done. */
  void done(Change change);

  /** A PBX was away or has restarted, or another one serves now: what was seen may be old. */
  void forget();
}
