package org.linekeeper.settings;

import java.util.Set;
import java.util.TreeSet;

/** What one look at the files carries along from value to value. */
final class Reading {
  final Problems problems = new Problems();
  final References references;

  /**
   * Every key that was looked for, such as {@code pbxs.*.ami.port}: what the examples must show.
   */
  final Set<String> asked = new TreeSet<>();

  Reading(References references) {
    this.references = references;
  }
}
