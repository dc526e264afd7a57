package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Pause;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/**
 * One of all the situations in which something may have to be decided.
 *
 * @param phones who serves, and whether all numbers ring on mobiles
 * @param active what is the matter with the PBX that serves
 * @param other what is the matter with the other one
 * @param lasting how long both have been so
 * @param failover when the latest failover was
 * @param reachable whether the carrier's API answers
 * @param evidence whether the carrier said of each PBX, since the trouble began, that it cannot
 *     reach it
 * @param mode what Linekeeper may do
 * @param paused whether somebody asked it to do nothing for a while
 * @param diverts whether it may send everything to mobiles by itself
 */
record Scene(
    Phones phones,
    Verdict.Kind active,
    Verdict.Kind other,
    Duration lasting,
    Failover failover,
    boolean reachable,
    boolean evidence,
    Rules.Mode mode,
    boolean paused,
    boolean diverts) {
  static final Instant NOW = Instant.parse("2026-11-23T03:12:00Z");
  private static final Duration CLOCK = Duration.ofHours(10);

  private static final Map<List<Object>, State> STATES = new HashMap<>();

  /** On both sides of divert-after, and of return-after and four times divert-after. */
  private static final List<Duration> TIMES =
      Stream.of(14, 15, 59, 60).map(Duration::ofSeconds).toList();

  /** When the latest failover was, if there was one. */
  enum Failover {
    NONE,
    JUST_NOW,
    /** From a PBX whose trunk was down, too. */
    WITHOUT_TRUNK,
    ACKNOWLEDGED,
    LONG_AGO
  }

  PbxId here() {
    return phones.active;
  }

  PbxId there() {
    return here().equals(Offices.PRIMARY) ? Offices.STANDBY : Offices.PRIMARY;
  }

  Rules rules() {
    Rules shipped = Rules.defaults();
    return new Rules(
        shipped.mode(),
        shipped.holdDown(),
        diverts,
        shipped.divertAfter(),
        shipped.returnAfter(),
        shipped.gateLease(),
        shipped.confirmAbove());
  }

  /** What the loop would decide on. */
  Picture picture() {
    return picture(state());
  }

  Picture picture(State state) {
    Instant unreached = evidence ? NOW : NOW.minus(lasting).minus(Duration.ofMinutes(5));
    return new Picture(
        state,
        Map.of(
            here(), new Verdict(here(), active, "so it seems", CLOCK.minus(lasting)),
            there(), new Verdict(there(), other, "so it seems", CLOCK.minus(lasting))),
        new CarrierSight(
            reachable,
            List.of(),
            List.of(
                new Undelivered(unreached, Set.of(Offices.PRIMARY_ROW)),
                new Undelivered(unreached, Set.of(Offices.STANDBY_ROW)))),
        NOW,
        CLOCK);
  }

  /** Many situations have the same past. */
  private State state() {
    return STATES.computeIfAbsent(
        List.of(phones, failover, mode, paused, diverts), same -> addedUp());
  }

  private State addedUp() {
    List<Entry> past = new ArrayList<>();
    past.add(new Entry.SettingsAccepted(before(2), "w1", "hash", Offices.accountants(rules())));
    // Only who changed places is of interest, so the steps are left out.
    switched(past, before(1), Plan.Kind.SWITCHOVER, Offices.PRIMARY, there(), "earlier");
    Plan.Kind kind = failover == Failover.NONE ? Plan.Kind.SWITCHOVER : Plan.Kind.FAILOVER;
    boolean recent = failover != Failover.LONG_AGO;
    String reason = failover == Failover.WITHOUT_TRUNK ? there() + ": trunk down (503)" : "earlier";
    switched(past, recent ? NOW.minusSeconds(60) : before(1), kind, there(), here(), reason);
    if (failover == Failover.ACKNOWLEDGED) {
      past.add(new Entry.Acknowledged(NOW, Actor.ITSELF));
    }
    if (phones.mobiles) {
      past.add(new Entry.EmergencyBegan(NOW.minusSeconds(30), "no PBX can serve"));
    }
    past.add(new Entry.ModeSet(NOW, Actor.ITSELF, mode));
    if (paused) {
      Instant end = NOW.plusSeconds(60);
      past.add(new Entry.Paused(NOW, new Pause(Actor.ITSELF, end, "works")));
    }
    return past.stream().reduce(State.EMPTY, State::evolve, (a, b) -> b);
  }

  private static Instant before(int hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  private static void switched(
      List<Entry> past, Instant at, Plan.Kind kind, PbxId from, PbxId to, String reason) {
    String id = "p" + past.size();
    Optional<PbxId> was = Optional.of(from);
    Epoch epoch = new Epoch(past.size());
    Plan plan = new Plan(id, epoch, kind, reason, at, was, Optional.of(to), List.of());
    past.add(new Entry.Intended(at, plan));
    past.add(Entry.Done.of(at, id, Map.<Integer, Outcome>of()));
  }

  /** Every situation, in no particular order. */
  static void forEach(Consumer<Scene> consumer) {
    for (Phones phones : Phones.values()) {
      for (Verdict.Kind active : Verdict.Kind.values()) {
        for (Verdict.Kind other : Verdict.Kind.values()) {
          for (Failover failover : Failover.values()) {
            inTimes(phones, active, other, failover, consumer);
          }
        }
      }
    }
  }

  private static void inTimes(
      Phones phones,
      Verdict.Kind active,
      Verdict.Kind other,
      Failover failover,
      Consumer<Scene> consumer) {
    for (Duration lasting : TIMES) {
      for (Rules.Mode mode : Rules.Mode.values()) {
        for (int bits = 0; bits < 16; bits++) {
          consumer.accept(
              new Scene(
                  phones,
                  active,
                  other,
                  lasting,
                  failover,
                  (bits & 1) != 0,
                  (bits & 2) != 0,
                  mode,
                  (bits & 4) != 0,
                  (bits & 8) != 0));
        }
      }
    }
  }

  /** The states of the diagram. */
  enum Phones {
    PRIMARY("primary serves", Offices.PRIMARY, false),
    STANDBY("standby serves", Offices.STANDBY, false),
    PRIMARY_MOBILES("numbers on mobiles (primary last served)", Offices.PRIMARY, true),
    STANDBY_MOBILES("numbers on mobiles (standby last served)", Offices.STANDBY, true);

    final String words;
    final PbxId active;
    final boolean mobiles;

    Phones(String words, PbxId active, boolean mobiles) {
      this.words = words;
      this.active = active;
      this.mobiles = mobiles;
    }

    static Phones of(State state) {
      boolean primary = state.active().equals(Optional.of(Offices.PRIMARY));
      return state.emergency().isPresent()
          ? (primary ? PRIMARY_MOBILES : STANDBY_MOBILES)
          : (primary ? PRIMARY : STANDBY);
    }

    Phones withOther() {
      return switch (this) {
        case PRIMARY -> STANDBY;
        case STANDBY -> PRIMARY;
        case PRIMARY_MOBILES -> STANDBY_MOBILES;
        case STANDBY_MOBILES -> PRIMARY_MOBILES;
      };
    }

    Phones withMobiles(boolean ring) {
      return switch (this) {
        case PRIMARY, PRIMARY_MOBILES -> ring ? PRIMARY_MOBILES : PRIMARY;
        case STANDBY, STANDBY_MOBILES -> ring ? STANDBY_MOBILES : STANDBY;
      };
    }
  }
}
