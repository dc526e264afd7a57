package org.linekeeper.mirror;

import java.util.Map;

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
   * @param here for which rows the PBX that serves has a place
   * @param there for which rows the other one has
   */
  Comparison compare(
      Map<String, String> active, Map<String, String> other, Places here, Places there);

  /** That was done. */
  void done(Change change);

  /** A PBX was away or has restarted, or nobody served for a while: what was seen may be old. */
  void forget();

  /** The PBX that serves was away or has restarted, perhaps without its database. */
  default void restarted() {
    forget();
  }

  /** The two have changed places: what the other one has is from when it served. */
  default void turned() {
    forget();
  }
}
