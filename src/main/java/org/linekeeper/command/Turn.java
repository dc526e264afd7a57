package org.linekeeper.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.state.Entry;

/**
 * Linekeeper's turn in a dialogue.
 *
 * @param accepted whether a command was carried out or answered, for doors that only play a tone
 * @param reply what to say back, in the GSM 7-bit alphabet; empty: nothing at all
 * @param entries to be recorded together, in this order, before anything is said
 * @param asks what else has to be done
 * @param tally to be given to the next turn
 */
public record Turn(
    boolean accepted, Optional<String> reply, List<Entry> entries, Asks asks, Tally tally) {
  /** Copies its list and makes the reply fit for a text. */
  public Turn {
    reply = reply.map(Gsm7::plain);
    entries = List.copyOf(entries);
  }

  static Turn silent(List<Entry> entries, Tally tally) {
    return new Turn(false, Optional.empty(), entries, Asks.NOTHING, tally);
  }

  static Turn says(String reply, List<Entry> entries, Tally tally) {
    return new Turn(false, Optional.of(reply), entries, Asks.NOTHING, tally);
  }

  /** The same with one more entry. */
  Turn with(Entry entry) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(entry);
    return new Turn(accepted, reply, more, asks, tally);
  }

  static Turn of(Effect effect, List<Entry> entries, Tally tally) {
    return new Turn(effect.accepted(), Optional.of(effect.reply()), entries, effect.asks(), tally);
  }
}
