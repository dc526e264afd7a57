package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/**
 * Turns what happens into decisions and decisions into plans, on one thread that never waits.
 * Whatever woke it, it computes the whole wanted state anew, so that a lost event, a missed
 * schedule or a restart costs nothing but time.
 */
public final class ControlLoop implements AutoCloseable {
  /** Silence is judged this often; it is well below every deadline. */
  private static final Duration TURN = Duration.ofMillis(20);

  /** The routes of a thousand numbers are compared this often, and whenever something is news. */
  private static final Duration COMPARE = Duration.ofMillis(500);

  /** In the first seconds: all that a failover needs is loaded and has run by then. */
  private static final int REHEARSALS = 20;

  private final Core core;
  private final ControlThread thread;
  private final Inbox inbox = new Inbox();
  private final Watch watch;
  private final Ballot ballot;
  private final GateKeeper gates;
  private final CarrierWatch carrier;
  private final Runs runs;
  private final StillGone stillGone;
  private final RedirectControl redirects;
  private final RoleControl roles;
  private final Followups followups;
  private final Incidents incidents;
  private final Attendance attendance;
  private final Sights sights;
  private final NameWatch names;
  private final AddressKeeper addresses;
  private final LeaseKeeper leases;
  private final AtomicBoolean turnQueued = new AtomicBoolean();
  private Duration compared = Duration.ofDays(-1);
  private int rehearsals;
  private Duration rehearsed = Duration.ofDays(-1);
  private volatile Runnable liveness = () -> {};
  private volatile Overview overview;
  private volatile Optional<String> hostTrouble = Optional.empty();
  private volatile Optional<Instant> undelivered = Optional.empty();

  /**
   * Starts nothing yet.
   *
   * @param profile how patient the judges are
   * @param pbxs every PBX that is watched
   */
  public ControlLoop(Core core, Profile profile, List<PbxId> pbxs) {
    this(core, profile, pbxs, Clockwork.real());
  }

  /** The same on another thread, or on none. */
  public ControlLoop(Core core, Profile profile, List<PbxId> pbxs, Clockwork clockwork) {
    this.core = core;
    thread = new ControlThread(clockwork);
    watch = new Watch(core, profile, pbxs);
    ballot = new Ballot(core, thread);
    addresses = new AddressKeeper(core);
    leases = new LeaseKeeper(core, thread);
    gates = new GateKeeper(core, addresses::has);
    carrier = new CarrierWatch(core, thread);
    stillGone = new StillGone(core.ticker());
    runs =
        new Runs(
            core,
            thread,
            core.around().with(leases.addresses()),
            carrier,
            this::wanted,
            stillGone::ask,
            this::ended,
            this::lookAgain,
            this::unregistered);
    redirects = new RedirectControl(core, thread, carrier, runs);
    names = new NameWatch(core, thread, runs);
    roles = new RoleControl(core, thread, runs, names::seen, watch::unwritten);
    followups = new Followups(core);
    incidents = new Incidents(core);
    attendance = new Attendance(core);
    sights = new Sights(core);
    overview = Overview.none(core.now());
  }

  /**
   * Begins to turn.
   *
   * @param liveness run before each judgement; reports to {@link #stalled} if this watcher itself
   *     has just stood still, so that its own stall is never taken for a PBX's silence
   */
  public void start(Runnable liveness) {
    this.liveness = liveness;
    core.journal().onCommit(records -> lookAgain());
    thread.every(TURN, this::turn);
  }

  /** A probe has something to report. */
  public void observed(Observation seen) {
    inbox.report(() -> watch.observed(seen));
    // When a whole office falls silent at once one turn sees it all; the others would only queue.
    if (seen.seen() != Observation.Seen.ANSWERED && turnQueued.compareAndSet(false, true)) {
      thread.report(this::turn);
    }
  }

  /** The watcher itself stood still for so long. */
  public void stalled(Duration stall) {
    inbox.put(() -> watch.stalled(stall));
  }

  /** A PBX has accepted the AMI login, perhaps after a restart: it is told its role. */
  public void loggedIn(PbxId pbx) {
    thread.post(
        () -> {
          if (core.leads()) {
            gates.loggedIn(picture(), pbx);
          }
        });
  }

  /** Something may be wanted that was not before: a boundary of the schedule, new settings. */
  public void wake() {
    thread.post(redirects::hurry);
    lookAgain();
  }

  /** Something has changed; what failed before still waits for its next try. */
  private void lookAgain() {
    thread.report(
        () -> {
          compared = Duration.ofDays(-1);
          turn();
        });
  }

  /** What this watcher sees at this moment, for another one that asks. From any thread. */
  public CompletionStage<Vote> vote() {
    CompletableFuture<Vote> vote = new CompletableFuture<>();
    thread.post(
        () -> {
          Picture picture = picture();
          Map<PbxId, Verdict.Kind> kinds = new TreeMap<>();
          Map<PbxId, String> evidence = new TreeMap<>();
          picture
              .verdicts()
              .forEach(
                  (pbx, verdict) -> {
                    kinds.put(pbx, verdict.kind());
                    evidence.put(pbx, verdict.sentence());
                  });
          vote.complete(
              new Vote(
                  core.watcher(),
                  kinds,
                  evidence,
                  picture.isolated() ? Vote.Sight.CUT_OFF : Vote.Sight.SEES,
                  picture.carrier().reachable(),
                  picture.clock()));
        });
    return vote;
  }

  /** What was known at the latest turn. May be asked from any thread. */
  public Overview overview() {
    return overview;
  }

  /**
   * When the carrier last could not deliver a call, as it says itself; empty if that was never, or
   * long ago. May be asked from any thread.
   */
  public Optional<Instant> undelivered() {
    return undelivered;
  }

  /**
   * Why the host that this watcher stands on cannot take the floating address, in a sentence; empty
   * if it can, or is never to. May be asked from any thread.
   */
  public Optional<String> hostTrouble() {
    return hostTrouble;
  }

  /** Runs on the control thread with everything it may use; completes with what it returned. */
  <T> CompletionStage<T> with(Function<Parts, CompletionStage<T>> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    thread.post(
        () -> {
          try {
            work.apply(parts())
                .whenComplete(
                    (value, fault) -> {
                      if (fault == null) {
                        result.complete(value);
                      } else {
                        result.completeExceptionally(fault);
                      }
                    });
          } catch (RuntimeException defect) {
            // Whoever waits for the answer must not wait for ever.
            result.completeExceptionally(defect);
          }
        });
    return result;
  }

  private Parts parts() {
    return new Parts(core, thread, picture(), roles, redirects, followups, this::parts);
  }

  /**
   * What commands work with, on the control thread.
   *
   * @param again the same as of a later moment
   */
  record Parts(
      Core core,
      ControlThread thread,
      Picture picture,
      RoleControl roles,
      RedirectControl redirects,
      Followups followups,
      Supplier<Parts> again) {
    Parts now() {
      return again.get();
    }
  }

  private Picture picture() {
    inbox.empty();
    return new Picture(
        core.state(),
        watch.verdicts(),
        carrier.sight(),
        core.now(),
        core.ticker().now(),
        watch.quiet(),
        watch.capacities(),
        ballot.votes(),
        leases.without());
  }

  private void turn() {
    turnQueued.set(false); // before anything is read: what is reported from now on wants its own
    liveness.run();
    Picture picture = picture();
    leases.turn(picture);
    if (core.leads()) {
      lead(picture);
    } else {
      follow(picture);
    }
  }

  /** Another watcher decides and acts: this one sees for itself, to be asked, and to go on. */
  private void follow(Picture picture) {
    carrier.turn(carrier.answers(), () -> {});
    Standing standing = core.journal().standing();
    if (standing.leader().isEmpty()) {
      ballot.turn(picture); // it may be the next to lead, and then nobody has to be waited for
    } else {
      ballot.rest();
      watch.leaveToLeader();
    }
    sights.rest();
    roles.follow(standing);
    Duration now = picture.clock();
    if (now.minus(compared).compareTo(COMPARE) >= 0) {
      compared = now;
      overview = look(picture);
    }
  }

  private void lead(Picture picture) {
    carrier.turn(picture.allReady() && carrier.answers(), this::lookAgain);
    ballot.turn(picture);
    roles.turn(picture);
    leases.lead(picture);
    watch.write();
    if (!roles.goingBack()) {
      gates.turn(picture);
    }
    Duration now = picture.clock();
    if (now.minus(compared).compareTo(COMPARE) >= 0) {
      compared = now;
      redirects.turn(picture);
      followups.turn(picture, redirects.wanted());
      incidents.turn(picture, roles.latest());
      attendance.turn(picture);
      sights.turn(picture, ballot.said());
      names.turn(picture);
      addresses.turn(picture);
      overview = look(picture);
      undelivered =
          picture.carrier().undelivered().stream()
              .map(Undelivered::at)
              .max(Comparator.naturalOrder());
    }
    stillGone.turn(picture);
    runs.turn();
    rehearse(picture);
  }

  private void rehearse(Picture picture) {
    Duration now = picture.clock();
    if (rehearsals < REHEARSALS
        && now.minus(rehearsed).compareTo(COMPARE) >= 0
        && picture.allReady()) {
      rehearsals++;
      rehearsed = now;
      roles.rehearse(picture);
    }
  }

  private void ended(Plan plan, Step step, Outcome outcome) {
    redirects.ended(step, outcome);
    names.ended(plan);
    if (plan.kind().changesRole()) { // what is tried again by itself has been told of
      Mishaps.ended(core, step, outcome);
    }
  }

  private boolean wanted(Step step) {
    return step.on(new StillWanted());
  }

  private void unregistered(Plan plan, Outcome why) {
    roles.unregistered(plan, why);
  }

  private Overview look(Picture picture) {
    List<String> troubles = new ArrayList<>();
    if (!carrier.trouble().isEmpty()) {
      troubles.add(carrier.trouble());
    }
    if (!core.journal().trouble().isEmpty()) {
      troubles.add(core.journal().trouble());
    }
    long dropped = thread.dropped() + inbox.dropped();
    if (dropped > 0) {
      troubles.add(dropped + " reports were dropped: this machine is too slow for its job");
    }
    troubles.addAll(names.drifts());
    hostTrouble = leases.hostTrouble();
    troubles.addAll(leases.troubles());
    Map<PbxId, Verdict> verdicts = picture.verdicts();
    return new Overview(
        picture.now(),
        picture.state(),
        new TreeMap<>(verdicts),
        roles.latest(),
        redirects.wanted(),
        redirects.latest().steps().size(),
        redirects.latest().drifts(),
        Rows.drifts(picture),
        picture.carrier().reachable(),
        troubles);
  }

  /**
   * Makes ready for the end of this process, which is started again soon: what its host holds by
   * its word stays for a moment. Completes when that is seen to, or cannot be.
   */
  public CompletionStage<Boolean> leave() {
    CompletableFuture<Boolean> left = new CompletableFuture<>();
    thread.post(() -> thread.then(leases.leave(), left::complete, cannot -> left.complete(false)));
    return left;
  }

  @Override
  public void close() {
    thread.close();
  }

  /** Whether a step of the present epoch is still wanted. */
  private final class StillWanted implements Step.CasesOrElse<Boolean> {
    @Override
    public Boolean routeNumber(Step.RouteNumber step) {
      return redirects.stillWanted(step);
    }

    @Override
    public Boolean orElse(Step step) {
      return true;
    }
  }
}
