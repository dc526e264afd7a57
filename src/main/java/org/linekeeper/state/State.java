package org.linekeeper.state;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.StaffId;

/**
 * What the journal adds up to. Everything that decides, besides what is being observed, is here.
 *
 * @param epoch of the latest change of which PBX serves
 * @param settings the accepted files; empty only before the first ones
 * @param active the PBX that serves
 * @param mode what Linekeeper may do by itself
 * @param pause a time in which it starts nothing; may have passed
 * @param promotion the latest change of which PBX serves
 * @param emergency set while no PBX can serve
 * @param diversions by id, oldest first; ended ones are gone, ones past their end may linger
 * @param moved numbers that Linekeeper has changed at the carrier, or may have
 * @param rows origination URLs, by SID, that Linekeeper has changed at the carrier, or may have
 * @param openPlans intents of which not every outcome is known, by id, oldest first
 * @param messages SIDs of text messages already taken in, oldest first, at most {@value
 *     #MESSAGES_KEPT}
 * @param challenges commands by text that wait for their code, one for each sender
 * @param returned numbers that are back as they were found, kept for as long as a late request may
 *     still divert them
 * @param held the floating address while this watcher's host is to hold it; nothing in journals
 *     that are older than it
 * @param lease on whose host the floating address may be, where several watchers agree on that
 * @param partings each time that one watcher went on alone, the latest last: few, since a person is
 *     behind each
 * @param replaced peers that may be taken in although the journal knows a watcher of that name, the
 *     latest last, at most {@value #REPLACED_KEPT}
 */
public record State(
    Epoch epoch,
    Optional<SettingsInForce> settings,
    Optional<PbxId> active,
    Rules.Mode mode,
    Optional<Pause> pause,
    Optional<Promotion> promotion,
    Optional<Emergency> emergency,
    Map<String, Diversion> diversions,
    SortedMap<PhoneNumber, MovedNumber> moved,
    SortedMap<String, MovedRow> rows,
    Map<String, OpenPlan> openPlans,
    Map<String, Instant> messages,
    SortedMap<StaffId, Challenge> challenges,
    SortedMap<PhoneNumber, MovedNumber> returned,
    Optional<Step.HoldAddress> held,
    Optional<Lease> lease,
    List<Parting> partings,
    List<String> replaced) {
  /** How many message SIDs are remembered; polling looks back far less than these cover. */
  public static final int MESSAGES_KEPT = 5_000;

  /** One that was not taken in within ten more is asked for again. */
  public static final int REPLACED_KEPT = 10;

  /** Before the first entry: acts on nothing, since there are no settings. */
  public static final State EMPTY =
      new State(
          Epoch.NONE,
          Optional.empty(),
          Optional.empty(),
          Rules.Mode.OBSERVE,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          Map.of(),
          Map.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());

  /** Makes every map unmodifiable, keeping its order. */
  public State {
    diversions = Collections.unmodifiableMap(new LinkedHashMap<>(diversions));
    moved = Collections.unmodifiableSortedMap(new TreeMap<>(moved));
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    openPlans = Collections.unmodifiableMap(new LinkedHashMap<>(openPlans));
    messages = Collections.unmodifiableMap(new LinkedHashMap<>(messages));
    challenges = Collections.unmodifiableSortedMap(new TreeMap<>(challenges));
    returned = Collections.unmodifiableSortedMap(new TreeMap<>(returned));
    partings = List.copyOf(partings);
    replaced = List.copyOf(replaced);
  }

  /** The state after one more fact. Reads nothing but its arguments. */
  public static State evolve(State state, Entry entry) {
    return entry.addTo(state);
  }

  /** Whether a pause is in force at that moment. */
  public boolean paused(Instant now) {
    return pause.filter(p -> now.isBefore(p.until())).isPresent();
  }

  /** The open plan that changes which PBX serves, if there is one. */
  public Optional<OpenPlan> openRolePlan() {
    return openPlans.values().stream().filter(p -> p.plan().kind().changesRole()).findFirst();
  }

  /** The open plan that moves numbers, if there is one. */
  public Optional<OpenPlan> openRedirect() {
    return openPlans.values().stream().filter(p -> p.plan().redirects()).findFirst();
  }

  State withSettings(SettingsInForce accepted) {
    return change(draft -> draft.settings = Optional.of(accepted));
  }

  State withActive(PbxId serving) {
    return change(draft -> draft.active = Optional.of(serving));
  }

  State withMode(Rules.Mode set) {
    return change(draft -> draft.mode = set);
  }

  State withParting(Parting parting) {
    return change(
        draft -> draft.partings = Stream.concat(partings.stream(), Stream.of(parting)).toList());
  }

  State withReplaced(String peer) {
    List<String> all = Stream.concat(replaced.stream(), Stream.of(peer)).distinct().toList();
    List<String> latest = all.subList(Math.max(0, all.size() - REPLACED_KEPT), all.size());
    return change(draft -> draft.replaced = latest);
  }

  State withPause(Optional<Pause> asked) {
    return change(draft -> draft.pause = asked);
  }

  State withPromotion(Optional<Promotion> latest) {
    return change(draft -> draft.promotion = latest);
  }

  State withEmergency(Optional<Emergency> declared) {
    return change(draft -> draft.emergency = declared);
  }

  State withDiversion(Diversion diversion) {
    return change(draft -> draft.diversions.put(diversion.id(), diversion));
  }

  State withoutDiversion(String id) {
    return change(draft -> draft.diversions.remove(id));
  }

  State withoutMoved(PhoneNumber number) {
    return change(
        draft -> {
          draft.moved.remove(number);
          draft.returned.remove(number);
        });
  }

  State withMessage(String sid, Instant at) {
    return change(
        draft -> {
          draft.messages.put(sid, at);
          if (draft.messages.size() > MESSAGES_KEPT) {
            draft.messages.remove(draft.messages.keySet().iterator().next());
          }
        });
  }

  State withChallenge(StaffId staff, Optional<Challenge> asked) {
    return change(
        draft -> {
          draft.challenges.remove(staff);
          asked.ifPresent(challenge -> draft.challenges.put(staff, challenge));
        });
  }

  /** There is a lease from when there is an address that is leased; the first is who serves. */
  State withLeaseOf(Optional<FloatingAddress> address) {
    if (address.isEmpty() || lease.isPresent()) {
      return this;
    }
    return change(draft -> draft.lease = active.map(Lease::first));
  }

  /** Whether a host is to keep the floating address while nothing is committed. */
  boolean keepsAddress() {
    return settings
        .flatMap(accepted -> accepted.estate().moving().address())
        .filter(FloatingAddress::keeps)
        .isPresent();
  }

  /**
   * The lease, if several watchers agree on whose the address is; one of earlier settings says
   * nothing, but its number counts on.
   */
  public Optional<Lease> leaseInForce() {
    return lease.filter(
        any ->
            settings
                .flatMap(accepted -> accepted.estate().moving().address())
                .filter(FloatingAddress::leased)
                .isPresent());
  }

  State withLease(UnaryOperator<Lease> change) {
    return change(draft -> draft.lease = draft.lease.map(change));
  }

  /**
   * Of two watchers that decide on the same state, since one does not know yet that it leads no
   * more, only the first one's plan is one. Two that change different things at the carrier do not
   * overtake each other.
   */
  private boolean overtaken(Plan plan) {
    return plan.kind().changesRole()
        ? plan.epoch().compareTo(epoch) <= 0
        : plan.redirects()
            && openPlans.values().stream()
                .map(OpenPlan::plan)
                .filter(Plan::redirects)
                .anyMatch(plan::touchesSameAs);
  }

  State withIntent(Plan plan) {
    if (overtaken(plan)) {
      return this;
    }
    return change(
        draft -> {
          draft.openPlans.put(plan.id(), new OpenPlan(plan, new TreeMap<>()));
          if (plan.kind().changesRole()) {
            draft.epoch = plan.epoch();
            draft.active = plan.to().or(() -> active);
            draft.promotion = promoted(plan).or(() -> promotion);
          }
          draft.returned.values().removeIf(number -> !number.mayStillChange(plan.at()));
          plan.steps().forEach(step -> draft.moves().intended(step, plan.at()));
        });
  }

  State withOutcomes(String plan, SortedMap<Integer, Outcome> outcomes) {
    OpenPlan open = openPlans.get(plan);
    if (open == null) {
      return this;
    }
    OpenPlan now = open.with(outcomes);
    return change(
        draft -> {
          outcomes.forEach(
              (place, outcome) -> {
                Step step = open.plan().steps().get(place);
                if (outcome.achieved()) {
                  draft.moves().achieved(step);
                }
                if (outcome.achieved() || now.mayGoOnTaking(place, outcome)) {
                  draft.held = step.heldAfter(draft.held);
                }
              });
          if (now.complete()) {
            draft.openPlans.remove(plan);
          } else {
            draft.openPlans.put(plan, now);
          }
        });
  }

  private static Optional<Promotion> promoted(Plan plan) {
    boolean planned = plan.kind() != Plan.Kind.FAILOVER;
    return plan.from()
        .flatMap(
            from ->
                plan.to()
                    .map(
                        to ->
                            new Promotion(
                                plan.kind(), from, to, plan.at(), plan.reason(), planned)));
  }

  private State change(Consumer<Draft> edit) {
    Draft draft = new Draft(this);
    edit.accept(draft);
    return draft.done();
  }

  /** A state that can be written to, for the length of one change. */
  private static final class Draft {
    private Epoch epoch;
    private Optional<SettingsInForce> settings;
    private Optional<PbxId> active;
    private Rules.Mode mode;
    private Optional<Pause> pause;
    private Optional<Promotion> promotion;
    private Optional<Emergency> emergency;
    private final Map<String, Diversion> diversions;
    private final SortedMap<PhoneNumber, MovedNumber> moved;
    private final SortedMap<String, MovedRow> rows;
    private final Map<String, OpenPlan> openPlans;
    private final Map<String, Instant> messages;
    private final SortedMap<StaffId, Challenge> challenges;
    private final SortedMap<PhoneNumber, MovedNumber> returned;
    private Optional<Step.HoldAddress> held;
    private Optional<Lease> lease;
    private List<Parting> partings;
    private List<String> replaced;

    private Draft(State from) {
      epoch = from.epoch;
      settings = from.settings;
      active = from.active;
      mode = from.mode;
      pause = from.pause;
      promotion = from.promotion;
      emergency = from.emergency;
      diversions = new LinkedHashMap<>(from.diversions);
      moved = new TreeMap<>(from.moved);
      rows = new TreeMap<>(from.rows);
      openPlans = new LinkedHashMap<>(from.openPlans);
      messages = new LinkedHashMap<>(from.messages);
      challenges = new TreeMap<>(from.challenges);
      returned = new TreeMap<>(from.returned);
      held = from.held;
      lease = from.lease;
      partings = from.partings;
      replaced = from.replaced;
    }

    private Moves moves() {
      return new Moves(moved, rows, returned);
    }

    private State done() {
      return new State(
          epoch,
          settings,
          active,
          mode,
          pause,
          promotion,
          emergency,
          diversions,
          moved,
          rows,
          openPlans,
          messages,
          challenges,
          returned,
          held,
          lease,
          partings,
          replaced);
    }
  }
}
