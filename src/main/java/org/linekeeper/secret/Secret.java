package org.linekeeper.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What must be known but never shown? A password, token or key: it does not print itself, so a
 * record that holds one can be logged. No record itself, so that nothing that reads components
 * (JSON, property binding) finds the value.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value, as it is; it may be empty. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself: for the one library call that needs it, and for nothing else. */
  public String reveal() {
    return value;
  }

  /** Whether nothing was set. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    // in constant time, as PINs and tokens from outside are compared with it
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    // a hash of a short PIN would give it away
    return 0;
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
