package org.linekeeper.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.StaffId;

/**
 * One fact in the journal. Entries are written once and kept for years: a record's components may
 * be added to with a default, never renamed or re-used.
 */
public sealed interface Entry {
  /** When it was written, by the watcher that wrote it. */
  Instant at();

  /** The fact in one sentence for people. */
  String sentence();

  /** The state with this fact added. */
  State addTo(State state);

  /**
   * Files were accepted and are in force from here.
   *
   * @param watcher the watcher that read them
   * @param hash SHA-256 over the files, hexadecimal
   * @param estate what they say
   */
  record SettingsAccepted(Instant at, String watcher, String hash, Estate estate) implements Entry {
    @Override
    public String sentence() {
      return "settings accepted: "
          + estate.numbers().size()
          + " numbers, "
          + estate.staff().size()
          + " staff";
    }

    @Override
    public State addTo(State state) {
      return state
          .withSettings(new SettingsInForce(watcher, at, hash, estate))
          .withMode(state.settings().isPresent() ? state.mode() : estate.rules().mode())
          .withActive(
              state.active().filter(id -> estate.pbx(id).isPresent()).orElse(estate.primary().id()))
          .withLeaseOf(estate.moving().address().filter(FloatingAddress::leased));
    }
  }

  /** A person set what Linekeeper may do by itself. */
  record ModeSet(Instant at, Actor by, Rules.Mode mode) implements Entry {
    @Override
    public String sentence() {
      return by + " set the mode to " + mode.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public State addTo(State state) {
      return state.withMode(mode);
    }
  }

  /**
   * A watcher went on alone. Nothing moves by itself from here: the others may live, and may move
   * the same.
   */
  record WentAlone(Instant at, Parting parting) implements Entry {
    @Override
    public String sentence() {
      return parting.by()
          + " had "
          + parting.watcher()
          + " go on alone: what the other watchers may decide does not count here, and nothing moves"
          + " by itself; the mode is manual";
    }

    @Override
    public State addTo(State state) {
      return state.partings().contains(parting)
          ? state // written twice; a person may have set another mode since
          : state.withParting(parting).withMode(Rules.Mode.MANUAL);
    }
  }

  /** A person asked that nothing be started until a time. */
  record Paused(Instant at, Pause pause) implements Entry {
    @Override
    public String sentence() {
      return pause.by() + " paused Linekeeper until " + pause.until() + ": " + pause.reason();
    }

    @Override
    public State addTo(State state) {
      return state.withPause(Optional.of(pause));
    }
  }

  /** A pause ended. */
  record Resumed(Instant at, Actor by) implements Entry {
    @Override
    public String sentence() {
      return by + " resumed Linekeeper";
    }

    @Override
    public State addTo(State state) {
      return state.withPause(Optional.empty());
    }
  }

  /** A person has taken note of the latest failover, so another may follow. */
  record Acknowledged(Instant at, Actor by) implements Entry {
    @Override
    public String sentence() {
      return by + " acknowledged the failover";
    }

    @Override
    public State addTo(State state) {
      return state.withPromotion(state.promotion().map(Promotion::acknowledge));
    }
  }

  /** A wish about some numbers began. */
  record DiversionBegan(Instant at, Diversion diversion) implements Entry {
    @Override
    public String sentence() {
      return diversion.owner()
          + (diversion.route() == Diversion.Route.OFFICE ? " kept " : " diverted ")
          + diversion.what()
          + (diversion.route() == Diversion.Route.OFFICE ? " at the office" : "")
          + diversion.end().map(end -> " until " + end).orElse("")
          + ": "
          + diversion.reason();
    }

    @Override
    public State addTo(State state) {
      return state.withDiversion(diversion);
    }
  }

  /** A wish about some numbers ended, by a person or by its own end. */
  record DiversionEnded(Instant at, String diversion, Actor by) implements Entry {
    @Override
    public String sentence() {
      return by + " ended diversion " + diversion;
    }

    @Override
    public State addTo(State state) {
      return state.withoutDiversion(diversion);
    }
  }

  /** No PBX can serve: numbers go to mobiles. */
  record EmergencyBegan(Instant at, String reason) implements Entry {
    @Override
    public String sentence() {
      return "every number goes to mobiles: " + reason;
    }

    @Override
    public State addTo(State state) {
      return state.withEmergency(Optional.of(new Emergency(at, reason)));
    }
  }

  /** A PBX can serve again, or a person ended the emergency. */
  record EmergencyEnded(Instant at, String reason) implements Entry {
    @Override
    public String sentence() {
      return "numbers go back to the office: " + reason;
    }

    @Override
    public State addTo(State state) {
      return state.withEmergency(Optional.empty());
    }
  }

  /** This is about to be done. */
  record Intended(Instant at, Plan plan) implements Entry {
    @Override
    public String sentence() {
      return plan.reason() + " (" + plan.steps().size() + " steps)";
    }

    @Override
    public State addTo(State state) {
      return state.withIntent(plan);
    }
  }

  /**
   * This is what became of some steps of a plan.
   *
   * @param plan the plan's id
   * @param outcomes by the step's place in the plan
   */
  record Done(Instant at, String plan, SortedMap<Integer, Outcome> outcomes) implements Entry {
    /** Copies the map. */
    public Done {
      outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** From any map. */
    public static Done of(Instant at, String plan, Map<Integer, Outcome> outcomes) {
      return new Done(at, plan, new TreeMap<>(outcomes));
    }

    @Override
    public String sentence() {
      long achieved = outcomes.values().stream().filter(Outcome::achieved).count();
      Optional<Outcome> trouble = outcomes.values().stream().filter(o -> !o.achieved()).findFirst();
      return achieved
          + " of "
          + outcomes.size()
          + " steps done"
          + trouble.map(o -> "; " + o.said()).orElse("");
    }

    @Override
    public State addTo(State state) {
      return state.withOutcomes(plan, outcomes);
    }
  }

  /**
   * A text message was taken in; a second copy of it is not obeyed.
   *
   * @param sid the carrier's name for the message
   * @param from the sender as the carrier gave it
   * @param summary what was made of it, without codes
   */
  record MessageHandled(Instant at, String sid, String from, String summary) implements Entry {
    @Override
    public String sentence() {
      return "text from " + from + ": " + summary;
    }

    @Override
    public State addTo(State state) {
      return state.withMessage(sid, at);
    }
  }

  /** A command by text waits for its code. */
  record ChallengeIssued(Instant at, StaffId staff, Challenge challenge) implements Entry {
    @Override
    public String sentence() {
      return challenge.wrongTries() > 0
          ? staff + " has sent a wrong code (" + challenge.wrongTries() + ")"
          : staff + " was asked to confirm \"" + challenge.commandText() + "\" with a code";
    }

    @Override
    public State addTo(State state) {
      return state.withChallenge(staff, Optional.of(challenge));
    }
  }

  /** A challenge was answered, refused or overtaken. */
  record ChallengeClosed(Instant at, StaffId staff, String why) implements Entry {
    @Override
    public String sentence() {
      return "the code asked of " + staff + " is spent: " + why;
    }

    @Override
    public State addTo(State state) {
      return state.withChallenge(staff, Optional.empty());
    }
  }

  /**
   * A person took a change that somebody else made at the carrier as the number's new normal;
   * Linekeeper lets go of the number.
   */
  record DriftAccepted(Instant at, PhoneNumber number, Actor by) implements Entry {
    @Override
    public String sentence() {
      return by + " accepted what " + number + " is at the carrier now";
    }

    @Override
    public State addTo(State state) {
      return state.withoutMoved(number);
    }
  }

  /**
   * Whoever holds the floating address goes on holding it. Written some times a second, so it is in
   * the log but not in what people read.
   *
   * @param lease its number
   * @param renewal a name that no other renewal has
   * @param taken whether the holder's host has the address, so that the one before has let go
   */
  record LeaseRenewed(Instant at, long lease, String renewal, boolean taken) implements Entry {
    @Override
    public String sentence() {
      return "lease " + lease + " of the floating address is renewed";
    }

    @Override
    public State addTo(State state) {
      return state.withLease(
          present -> present.renewed(lease, renewal, taken, state.keepsAddress()));
    }
  }

  /**
   * The holder's watcher goes away for a moment and leaves the floating address to its host.
   *
   * @param lease its number
   * @param life of that watcher
   * @param time for how long the host keeps it, by its own clock
   */
  record LeaseKept(Instant at, long lease, String life, Duration time) implements Entry {
    @Override
    public String sentence() {
      return "the floating address stays where it is for "
          + time.toSeconds()
          + " s while the watcher there is restarted";
    }

    @Override
    public State addTo(State state) {
      return state.withLease(present -> present.kept(lease, life, time));
    }
  }

  /**
   * Another host is to have the floating address.
   *
   * @param epoch in which that was wanted; in a later one it says nothing
   * @param lease the number of the one that ends
   */
  record LeasePassed(Instant at, Epoch epoch, long lease, PbxId to) implements Entry {
    @Override
    public String sentence() {
      return "the floating address is to be " + to + "'s host's";
    }

    @Override
    public State addTo(State state) {
      return epoch.equals(state.epoch())
          ? state.withLease(present -> present.passed(lease, to))
          : state;
    }
  }

  /**
   * A host does not have the floating address any more, and takes it by no lease up to this one.
   *
   * @param lease the number of the one that it had
   * @param pbx whose host it is
   * @param renewal the latest of it that had counted; if there was a later one, this says nothing
   * @param how how that is known, in a sentence
   */
  record LeaseFreed(Instant at, long lease, PbxId pbx, String renewal, String how)
      implements Entry {
    @Override
    public String sentence() {
      return how;
    }

    @Override
    public State addTo(State state) {
      return state.withLease(present -> present.freed(lease, pbx, renewal));
    }
  }

  /**
   * A person has said that a watcher whose directory was lost may be taken in: as another peer, in
   * place of what it was before, and what that had promised is forgotten.
   *
   * @param peer by which the journal knows that one start with an empty directory, and no later one
   */
  record WatcherReplaced(Instant at, String peer) implements Entry {
    @Override
    public String sentence() {
      return "a watcher is taken in with an empty journal, as " + peer;
    }

    @Override
    public State addTo(State state) {
      return state.withReplaced(peer);
    }
  }

  /** What is now thought of a PBX; evidence for the report, deciding nothing. */
  record VerdictNoted(Instant at, PbxId pbx, String verdict, String evidence) implements Entry {
    @Override
    public String sentence() {
      return pbx + ": " + verdict + ", " + evidence;
    }

    @Override
    public State addTo(State state) {
      return state;
    }
  }

  /**
   * People were texted about what another entry says, so that whoever leads next need not; deciding
   * nothing.
   *
   * @param record that entry's place in the journal
   * @param people how many the carrier took it for
   */
  record AlertSent(Instant at, long record, int people) implements Entry {
    @Override
    public String sentence() {
      return people
          + (people == 1 ? " person was" : " people were")
          + " texted about record "
          + record;
    }

    @Override
    public State addTo(State state) {
      return state;
    }
  }

  /**
   * Something people should be able to read later, deciding nothing.
   *
   * @param weight how much it matters
   * @param text one sentence
   */
  record Noted(Instant at, Weight weight, String text) implements Entry {
    /** How much a note matters. */
    public enum Weight {
      /** For the record. */
      INFO,
      /** Somebody should look at it in working hours. */
      WARNING,
      /** Somebody must be told now. */
      ALARM
    }

    @Override
    public String sentence() {
      return text;
    }

    @Override
    public State addTo(State state) {
      return state;
    }
  }
}
