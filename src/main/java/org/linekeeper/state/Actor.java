package org.linekeeper.state;

import java.util.Locale;

/**
 * Who asked for something, and through which door.
 *
 * @param door how it reached Linekeeper
 * @param name short name of the member of staff, the login, or what acted by itself
 */
public record Actor(Door door, String name) {
  /** The ways a command can come in. */
  public enum Door {
    /** A text message to the control number. */
    SMS,
    /** A feature code dialled on a desk phone. */
    DESK_PHONE,
    /** The command line. */
    CLI,
    /** The web page. */
    PAGE,
    /** Linekeeper itself. */
    ITSELF
  }

  /** Linekeeper itself, by its failover logic or schedule. */
  public static final Actor ITSELF = new Actor(Door.ITSELF, "linekeeper");

  /** Such as {@code alice by sms}. */
  @Override
  public String toString() {
    return door == Door.ITSELF
        ? "Linekeeper itself"
        : name + " by " + door.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
