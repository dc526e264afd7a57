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
 * @param watchers those that watch together; empty where one does
 */
record DemoView(
    List<Guide.Line> guide,
    ClockView clock,
    String directory,
    List<PbxCard> pbxs,
    Calls calls,
    List<Phone> phones,
    Watchers watchers) {
  /** The cards, as their addresses and fragments are called. */
  enum Part {
    GUIDE,
    CLOCK,
    PBXS,
    CALLS,
    PHONES,
    WATCHERS;

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
      case WATCHERS -> watchers.hashCode();
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

  /**
   * Those that watch together.
   *
   * @param shown the one whose words the rest of the page has
   * @param links a row for each party that is reached
   * @param cut whether any link is
   */
  record Watchers(String shown, List<WatcherCard> cards, List<LinkRow> links, boolean cut) {}

  /**
   * One watcher.
   *
   * @param address of its own page; empty text while it has none
   * @param kind for style sheets: ok, warn, bad
   * @param leads what it says of who leads
   * @param serves what it says of who answers the calls; empty text while it says nothing
   * @param reaches what it says of the carrier; empty text while it says nothing
   * @param alive whether it can be killed
   * @param dead whether it can be started
   */
  record WatcherCard(
      String name,
      String address,
      String kind,
      String leads,
      String serves,
      String reaches,
      boolean alive,
      boolean dead) {}

  /**
   * How the watchers reach one party.
   *
   * @param cells one for each watcher, in their order
   */
  record LinkRow(String party, List<LinkCell> cells) {}

  /**
   * One link.
   *
   * @param ends both names with a blank in between; empty text where there is no link, or it stands
   *     in another row
   * @param watcher one end
   * @param party the other end
   * @param cut whether somebody has cut it
   */
  record LinkCell(String ends, String watcher, String party, boolean cut) {}
}
