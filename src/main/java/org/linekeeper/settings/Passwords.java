package org.linekeeper.settings;

import java.nio.charset.StandardCharsets;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Makes and checks the hashes of passwords and PINs. Deliberately slow (about 0.1 s): callers check
 * off the control thread and limit how often anybody may try.
 */
public final class Passwords {
  /** BCrypt looks at no more than this many bytes. */
  static final int LONGEST = 72;

  private static final BCryptPasswordEncoder BCRYPT = new BCryptPasswordEncoder();

  private Passwords() {}

  /** What to write into the file for it: another hash each time, all of which match. */
  public static PasswordHash hash(CharSequence password) {
    if (password.isEmpty() || tooLong(password)) {
      throw new IllegalArgumentException("a password has 1 to " + LONGEST + " bytes");
    }
    return new PasswordHash(BCRYPT.encode(password));
  }

  /** Whether that is the password. */
  public static boolean matches(CharSequence password, PasswordHash hash) {
    return !tooLong(password) && BCRYPT.matches(password, hash.encoded());
  }

  private static boolean tooLong(CharSequence password) {
    return password.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }
}
