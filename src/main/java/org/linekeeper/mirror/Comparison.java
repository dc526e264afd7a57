package org.linekeeper.mirror;

import java.util.List;
import java.util.Optional;

/**
 * What follows from looking at both PBXs.
 *
 * @param changes what is to be done now
 * @param same how many rows both have alike
 * @param own how many rows the other PBX has of its own, newer or unknown here: they are left alone
 * @param skipped how many rows cannot be copied: no such AOR there, no room in it, or too long for
 *     AMI
 * @param withheld why rows were not removed, if too many were gone at once
 */
record Comparison(List<Change> changes, int same, int own, int skipped, Optional<String> withheld) {
  /** So many may go at once without anybody wondering. */
  private static final int FEW = 10;

  /** Copies the list. */
  Comparison {
    changes = List.copyOf(changes);
  }

  /**
   * Whether so many removals look like a PBX that lost its memory rather than like people leaving.
   */
  static boolean tooMany(int removals, int known) {
    return removals > FEW && removals * 2 > known;
  }

  static String tooManyAreGone(int removals) {
    return removals
        + " rows are gone from the PBX that serves, all at once; they are kept on the other one"
        + " until they expire, in case it lost its database";
  }

  static String noneIsThere(int removals) {
    return "the PBX that serves has restarted and has none since; "
        + (removals == 1 ? "one row is" : removals + " rows are")
        + " kept on the other one until it has one again, in case it lost its database";
  }
}
