package org.linekeeper.settings;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading the files: settings, or problems and no settings.
 *
 * @param hash SHA-256 over the files that were read
 */
public record SettingsRead(Optional<Settings> settings, List<Problem> problems, String hash) {
  /** Exactly one of the two is there. */
  public SettingsRead {
    problems = List.copyOf(problems);
    if (settings.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("either settings or problems");
    }
  }
}
