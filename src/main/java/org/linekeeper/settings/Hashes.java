package org.linekeeper.settings;

import java.util.Optional;

/** Reads a hash; what stands there instead may be a password, so it is not repeated. */
final class Hashes {
  private Hashes() {}

  static Optional<PasswordHash> read(Value value) {
    Optional<String> text = value.text();
    if (text.isPresent() && !text.get().matches(PasswordHash.FORM)) {
      value.wrong(
          value.label() + " is not a hash made by Linekeeper",
          "run java -jar linekeeper.jar hash, and copy the line that begins with $2a$ here");
      return Optional.empty();
    }
    return text.map(PasswordHash::new);
  }
}
