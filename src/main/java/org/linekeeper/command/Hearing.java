package org.linekeeper.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;

/** One text of somebody on the staff list, and the ways to end the turn. */
record Hearing(Situation situation, Estate estate, StaffMember staff, Text text, Tally tally) {

  Actor actor() {
    return new Actor(Actor.Door.SMS, staff.id().name());
  }

  int recent(Duration per) {
    return tally.since(key(), situation.now().minus(per));
  }

  Hearing counted() {
    return with(tally.and(key(), situation.now()));
  }

  Hearing with(Tally counted) {
    return new Hearing(situation, estate, staff, text, counted);
  }

  private String key() {
    return "texts of " + staff.id();
  }

  Turn silent(String summary, Entry... more) {
    return Turn.silent(entries(summary, Arrays.asList(more)), tally);
  }

  Turn says(String summary, String reply, Entry... more) {
    return Turn.says(reply, entries(summary, Arrays.asList(more)), tally);
  }

  /** The command is carried out, or refused, and the sender is told. */
  Turn obeyed(String command, Effect effect, Entry... before) {
    List<Entry> more = new ArrayList<>(Arrays.asList(before));
    more.addAll(effect.entries());
    String summary = command + (effect.accepted() ? "" : ": refused");
    return Turn.of(effect, entries(summary, more), tally);
  }

  private List<Entry> entries(String summary, List<Entry> more) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry.MessageHandled(situation.now(), text.sid(), staff.mobile().e164(), summary));
    entries.addAll(more);
    return entries;
  }
}
