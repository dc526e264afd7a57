package org.linekeeper.command;

import java.time.Duration;

/**
 * How patient the doors are; every value is a setting.
 *
 * @param codeLife how long a challenge code can be answered; {@code 10m} as shipped: texts can be
 *     minutes late
 * @param wrongCodes how many wrong codes close a challenge; {@code 3} as shipped
 * @param texts how many texts of one sender are answered in {@code per}; {@code 10} as shipped
 * @param unknownTexts how many texts of strangers are recorded in {@code per}, all strangers
 *     together; {@code 30} as shipped, so that a flood can neither fill the journal nor push the
 *     SIDs of real texts out of it
 * @param pinByText whether a PIN in the text may stand for the challenge; off as shipped
 * @param wrongPins how many wrong PINs of one member of staff lock their PIN for the rest of {@code
 *     per}; {@code 3} as shipped
 * @param per the time over which texts and PINs are counted; {@code 10m} as shipped
 */
public record DialogueRules(
    Duration codeLife,
    int wrongCodes,
    int texts,
    int unknownTexts,
    boolean pinByText,
    int wrongPins,
    Duration per) {
  /** As shipped. */
  public static DialogueRules defaults() {
    return new DialogueRules(Duration.ofMinutes(10), 3, 10, 30, false, 3, Duration.ofMinutes(10));
  }
}
