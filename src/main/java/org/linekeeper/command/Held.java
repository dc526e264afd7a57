package org.linekeeper.command;

import java.util.Arrays;
import java.util.Optional;
import org.linekeeper.estate.PbxId;

/**
 * Something that waits until a person confirms it. It has a name that can be typed, so that nobody
 * confirms one thing and sets off another.
 *
 * @param kind what it is
 * @param mark tells it from another of its kind that may wait later, such as {@code TO STANDBY};
 *     empty text if there is only one
 * @param intent what confirming it does, to follow "to"
 * @param why in one sentence, without its full stop
 */
public record Held(Kind kind, String mark, String intent, String why) {
  /** What can wait. Its name is the word after CONFIRM. */
  public enum Kind {
    /** Another PBX is to serve. */
    FAILOVER,
    /** Every number is to ring on mobiles. */
    MOBILES,
    /** The numbers are to ring at the office again. */
    OFFICE,
    /** An edit of the files is to be put in force. */
    EDIT;

    static Optional<Kind> named(String word) {
      return Arrays.stream(values()).filter(kind -> kind.name().equals(word)).findFirst();
    }
  }

  /** A failover that Linekeeper does not begin by itself. */
  public static Held failover(PbxId to, String why) {
    return new Held(
        Kind.FAILOVER, "TO " + Words.key(to.name()), "let " + to + " answer the calls", why);
  }

  /** Whether to send everything to mobiles. */
  public static Held mobiles(String why) {
    return new Held(Kind.MOBILES, "", "send every number to mobiles", why);
  }

  /** Whether to bring everything back from mobiles. */
  public static Held office(String why) {
    return new Held(Kind.OFFICE, "", "send the numbers back to the office", why);
  }

  /**
   * An edit of the settings that moves many numbers.
   *
   * @param hash of the files, hexadecimal: saved again, they are another edit
   */
  public static Held edit(String hash, String why) {
    String mark = hash.substring(0, Math.min(4, hash.length()));
    return new Held(Kind.EDIT, Words.key(mark), "put the edit of the settings in force", why);
  }

  /** What confirms this and nothing else, such as {@code CONFIRM EDIT 5F3C}. */
  public String words() {
    return ("CONFIRM " + kind + " " + mark).strip();
  }
}
