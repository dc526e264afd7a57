package org.linekeeper.command;

import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;

/**
 * What a command asks for beyond its journal entries; the caller has to see to it.
 *
 * @param roleChange another PBX is to serve
 * @param confirmed this, which waited for a person, may go ahead
 * @param repair this number at the carrier is to be put back to what is wanted
 * @param replaced this watcher, whose journal was lost, is to be taken in
 */
public record Asks(
    Optional<RoleChange> roleChange,
    Optional<Held> confirmed,
    Optional<PhoneNumber> repair,
    Optional<String> replaced) {
  /** Nothing more. */
  public static final Asks NOTHING =
      new Asks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  static Asks of(RoleChange change) {
    return new Asks(Optional.of(change), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static Asks confirmed(Held what) {
    return new Asks(Optional.empty(), Optional.of(what), Optional.empty(), Optional.empty());
  }

  static Asks repair(PhoneNumber number) {
    return new Asks(Optional.empty(), Optional.empty(), Optional.of(number), Optional.empty());
  }

  static Asks replaced(String watcher) {
    return new Asks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(watcher));
  }

  boolean nothing() {
    return equals(NOTHING);
  }
}
