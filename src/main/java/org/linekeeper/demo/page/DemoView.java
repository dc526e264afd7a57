package org.linekeeper.demo.page;

import java.util.List;
import java.util.Locale;

/**
 * What the demo's cards show at one moment. Two that are equal look the same.
 *
 * @param guide what is worth trying
 * @param clock what time it is there
 * @param directory where the files are that may be edited
 * @param pbxs the PBXs with their switches
 * @param calls who answered the callers
 * @param phones the staff's mobiles
 */
record DemoView(
    List<Guide.Line> guide,
    ClockView clock,
    String directory,
    List<PbxCard> pbxs,
    Calls calls,
    List<Phone> phones) {
  /** The cards, as their addresses and fragments are called. */
  enum Part {
    GUIDE,
    CLOCK,
    PBXS,
    CALLS,
    PHONES;

    String fragment() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same for the template, which knows parts by their fragments. */
  public int version(String fragment) {
    return version(Part.valueOf(fragment.toUpperCase(Locale.ROOT)));
  }

  /** Differs when what that card shows differs. */
  public int version(Part part) {
    return switch (part) {
      case GUIDE -> guide.hashCode();
      case CLOCK -> clock.hashCode();
      case PBXS -> pbxs.hashCode();
      case CALLS -> calls.hashCode();
      case PHONES -> phones.hashCode();
    };
  }

  /**
   * The demo's clock.
   *
   * @param now day and time in the office
   * @param open whether no rule of the schedule is in force
   * @param next when that changes; empty text if it never does
   * @param moved whether somebody has moved the clock
   */
  record ClockView(String now, boolean open, String next, boolean moved) {}

  /**
   * One simulated PBX.
   *
   * @param state what is the matter with it, in words
   * @param running whether nothing is
   * @param gate whether it lets the carrier's calls in, in words
   */
  record PbxCard(String name, String state, boolean running, String gate) {}

  /**
   * The callers' luck.
   *
   * @param on whether they call
   * @param since what the counting began with
   * @param answered how many were answered since
   * @param missed how many were not
   * @param longest the longest wait of one who was; empty text if all were answered at once
   */
  record Calls(
      boolean on, String since, int answered, int missed, String longest, List<CallLine> lines) {}

  /**
   * One call.
   *
   * @param time when it began
   * @param to the name of the number that was dialled
   * @param by who answered
   * @param kind for style sheets: by-pbx, by-mobile, by-nobody
   * @param waited how long the caller waited; empty text if not noticeably
   */
  record CallLine(String time, String to, String by, String kind, String waited) {}

  /**
   * One mobile.
   *
   * @param staff whose it is, the short name
   * @param code what the last text asks to reply with; empty text if nothing
   */
  record Phone(String staff, String name, String number, List<Message> messages, String code) {}

  /**
   * One text.
   *
   * @param mine whether the mobile's owner wrote it
   */
  record Message(boolean mine, String time, String body) {}
}
