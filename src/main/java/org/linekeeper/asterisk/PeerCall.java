package org.linekeeper.asterisk;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of a call from one PBX to the other?
 *
 * @param status Asterisk's DIALSTATUS such as {@code ANSWER}, {@code BUSY}, {@code NOANSWER} or
 *     {@code CHANUNAVAIL}; {@code TAKEN} if such a call was up already
 * @param heard the digits that came back; stars if the other PBX said that it heard none; empty if
 *     nothing came
 * @param answer the other PBX's latest SIP answer, such as {@code SIP 486 Busy Here}; empty if none
 *     came, or is known
 */
public record PeerCall(String status, String heard, String answer) {
  private static final Pattern SIP = Pattern.compile("SIP ([1-6][0-9]{2})\\b.*");

  /** The code of its SIP answer; empty if none came. */
  public OptionalInt code() {
    Matcher matcher = SIP.matcher(answer);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Its SIP answer, or how Asterisk calls what became of it. */
  public String words() {
    return answer.isEmpty() ? status : answer.replaceFirst("^SIP ", "");
  }
}
