package org.linekeeper.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password or token. Printing it shows dots, so it may stand in records that are logged; only
 * {@link #reveal} gives it away.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps a value read from the environment or a file. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one place that sends it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for all: a hash of a short secret would tell it. */
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "••••";
  }
}
