package org.linekeeper.settings;

/**
 * What is kept of a password or PIN; see {@link Passwords}. Not shown when printed: a PIN of a few
 * digits can be guessed from its hash.
 *
 * @param encoded BCrypt's own form, {@code $2a$10$…}
 */
public record PasswordHash(String encoded) {
  /** BCrypt with a cost that a login can bear: each step doubles the time, 14 is about a second. */
  static final String FORM = "\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}";

  /** Refuses anything else, without repeating it. */
  public PasswordHash {
    if (!encoded.matches(FORM)) {
      throw new IllegalArgumentException("not a BCrypt hash of cost 4 to 14");
    }
  }

  @Override
  public String toString() {
    return "••••";
  }
}
