package org.linekeeper.demo.pbx;

/**
 * What somebody keys in on a desk phone after a feature code.
 *
 * @param phone the extension they stand at, such as {@code 101}
 * @param staff their staff code
 * @param pin their PIN, kept out of {@code toString}
 * @param text the command that the code stands for, such as {@code DIVERT SALES}
 */
public record FeatureCode(String phone, String staff, String pin, String text) {
  /** What the phone lets them hear. */
  public enum Reply {
    /** Two rising beeps: done, or on its way. */
    ACCEPTED,
    /** Three tones: refused. */
    REFUSED,
    /** Fast busy: nobody answered within five seconds. */
    UNHEARD
  }

  @Override
  public String toString() {
    return "FeatureCode[" + phone + ", " + text + "]";
  }
}
