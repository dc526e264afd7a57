package org.linekeeper.command;

import java.util.List;
import org.linekeeper.state.Entry;

/**
 * What a command leads to.
 *
 * @param accepted false if it was refused; then there is nothing to record or do
 * @param intent what it would do, to follow "to", such as {@code move Sales to your mobile}; empty
 *     text if it changes nothing
 * @param reply for the person: what happens now, or why not
 * @param entries to be recorded together, in this order
 * @param asks what else has to be done
 */
public record Effect(
    boolean accepted, String intent, String reply, List<Entry> entries, Asks asks) {
  /** Copies its list. */
  public Effect {
    entries = List.copyOf(entries);
  }

  static Effect refused(String why) {
    return new Effect(false, "", why, List.of(), Asks.NOTHING);
  }

  static Effect told(String reply) {
    return new Effect(true, "", reply, List.of(), Asks.NOTHING);
  }

  static Effect records(String intent, String reply, List<Entry> entries) {
    return new Effect(true, intent, reply, entries, Asks.NOTHING);
  }

  static Effect asks(String intent, String reply, Asks asks) {
    return new Effect(true, intent, reply, List.of(), asks);
  }

  /** Whether anything would be different afterwards. */
  public boolean changesSomething() {
    return !entries.isEmpty() || !asks.nothing();
  }
}
