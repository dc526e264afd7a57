package org.linekeeper.command;

/**
 * Random values for one answer, from a cryptographic source.
 *
 * @param code 6 digits
 * @param salt at least 16 characters
 */
public record Fresh(String code, String salt) {
  /** Refuses what nobody could type back, or what is no salt. */
  public Fresh {
    if (!code.matches("[0-9]{6}") || salt.length() < 16 || salt.contains(":")) {
      throw new IllegalArgumentException("a code is 6 digits, a salt at least 16 characters");
    }
  }

  /** Never the code: this may end up in logs. */
  @Override
  public String toString() {
    return "Fresh[****]";
  }
}
