package org.linekeeper.failover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.linekeeper.command.Held;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/** Turns decisions into journal entries, and says in the journal whenever the decision changes. */
final class RoleControl {
  private final Core core;
  private final ControlThread thread;
  private final Runs runs;
  private final Supplier<Map<String, NameRecords>> names;
  private final Supplier<List<Entry>> seen;
  private Decision latest = Decision.rest("nothing has been decided yet");
  private boolean writing;
  private Optional<Unfinished> unfinished = Optional.empty();
  private String wayBack = "";

  private record Unfinished(Plan plan, Outcome why) {}

  /**
   * @param names what is known of records in the DNS
   * @param seen gives, once, what was seen and is not in the journal yet
   */
  RoleControl(
      Core core,
      ControlThread thread,
      Runs runs,
      Supplier<Map<String, NameRecords>> names,
      Supplier<List<Entry>> seen) {
    this.names = names;
    this.seen = seen;
    this.core = core;
    this.thread = thread;
    this.runs = runs;
  }

  /** What was decided at the latest turn. */
  Decision latest() {
    return latest;
  }

  /** Another watcher decides. */
  void follow(Standing standing) {
    unfinished = Optional.empty();
    latest =
        Decision.rest(
            standing
                .leader()
                .map(leader -> leader + " decides, and this watcher looks on")
                .orElse("no watcher leads at the moment, so nothing is decided"));
  }

  /** Decides, and does what may be done. */
  void turn(Picture picture) {
    unfinished
        .filter(any -> picture.state().openRolePlan().isEmpty() && !writing)
        .ifPresent(move -> goBack(picture, move));
    Decision decision = Decider.decide(picture);
    if (!decision.sameAs(latest)) {
      say(decision);
    }
    latest = decision;
    if (decision.acts() && decision.permission() == Decision.Permission.DO && !writing) {
      carryOut(picture, decision);
    }
  }

  /**
   * The provider does not take the PBX to which a person wanted to move, or its host does not get
   * the floating address. The one that served has gone on serving; it is the active one again as
   * soon as the plan has ended.
   */
  void unregistered(Plan plan, Outcome why) {
    if (unfinished.isEmpty()) { // what fails next only waited for this
      unfinished = Optional.of(new Unfinished(plan, why));
    }
  }

  /**
   * Decides and plans as if the PBX that serves were gone, and throws it away: the first failover
   * is the one that matters, and would wait for this process to learn how.
   */
  void rehearse(Picture picture) {
    picture.state().active().ifPresent(active -> rehearse(picture, active));
  }

  private void rehearse(Picture picture, PbxId active) {
    Verdict gone = new Verdict(active, Verdict.Kind.PROCESS_GONE, "rehearsal", picture.clock());
    Map<PbxId, Verdict> verdicts = new HashMap<>(picture.verdicts());
    verdicts.put(active, gone);
    Picture without =
        new Picture(picture.state(), verdicts, picture.carrier(), picture.now(), picture.clock());
    Decision decision = Decider.decide(without);
    decision
        .to()
        .map(
            to ->
                Planner.role(
                    without,
                    Plan.Kind.FAILOVER,
                    active,
                    to,
                    names.get(),
                    decision.reason(),
                    "rehearsal"))
        .ifPresent(
            plan -> {
              Entry seen = Watch.entry(gone, core.now());
              core.journal().rehearse(List.of(seen, new Entry.Intended(core.now(), plan)));
              runs.rehearse(plan);
            });
  }

  /** Whether such a move is about to be undone: until then nothing may be taken from anybody. */
  boolean goingBack() {
    return unfinished.isPresent();
  }

  private void goBack(Picture picture, Unfinished move) {
    Plan plan = move.plan;
    PbxId from = plan.from().orElseThrow();
    boolean latest = picture.state().epoch().equals(plan.epoch());
    // Once only: if the provider takes neither, moving to and fro mends nothing.
    if (!latest || plan.id().equals(wayBack) || !picture.couldServe(from)) {
      unfinished = Optional.empty();
      return;
    }
    String why =
        plan.to().orElseThrow()
            + " could not take over, so "
            + from
            + " goes on serving: "
            + move.why.said();
    boolean back = plan.kind() == Plan.Kind.FAILBACK;
    Plan undo = plan(picture, back ? Plan.Kind.SWITCHOVER : Plan.Kind.FAILBACK, from, why);
    wayBack = undo.id();
    write(new Entry.Noted(core.now(), Weight.ALARM, why), new Entry.Intended(core.now(), undo));
  }

  private void say(Decision decision) {
    switch (decision.kind()) {
      case REST -> {
        if (latest.kind() != Decision.Kind.REST) {
          core.note(Weight.INFO, decision.reason());
        }
      }
      case HOLD -> core.note(Weight.WARNING, "holding: " + decision.reason());
      case FAIL_OVER, BEGIN_EMERGENCY, END_EMERGENCY -> {
        switch (decision.permission()) {
          case DO -> {} // The plan or the entry says it.
          case ASK -> decision.held().ifPresent(held -> core.note(Weight.ALARM, asking(held)));
          case SAY -> core.note(Weight.WARNING, "would have acted: " + decision.reason());
        }
      }
    }
  }

  /** What to do comes first: an alert may be cut at two texts. */
  private static String asking(Held held) {
    return "waits for "
        + held.words()
        + ", by text, on the page or with \"linekeeper confirm\", to "
        + held.intent()
        + ": "
        + held.why();
  }

  /** What waits for a person to confirm it. */
  Optional<Held> held() {
    return writing ? Optional.empty() : latest.held();
  }

  /**
   * A person confirms what waits for one.
   *
   * @return completes once it is recorded, so that it is done whatever happens next; empty if it
   *     does not wait any more
   */
  Optional<CompletionStage<State>> confirm(Picture picture, Held asked) {
    return held()
        .filter(held -> held.words().equals(asked.words()))
        .map(still -> carryOut(picture, latest));
  }

  private CompletionStage<State> carryOut(Picture picture, Decision decision) {
    return switch (decision.kind()) {
      case REST, HOLD -> CompletableFuture.completedFuture(picture.state());
      case FAIL_OVER ->
          begin(picture, Plan.Kind.FAILOVER, decision.to().orElseThrow(), decision.reason());
      case BEGIN_EMERGENCY -> write(new Entry.EmergencyBegan(core.now(), decision.reason()));
      case END_EMERGENCY -> write(new Entry.EmergencyEnded(core.now(), decision.reason()));
    };
  }

  /** Why a planned change cannot be begun; empty if it can. */
  Optional<String> whyNot(Picture picture, PbxId to) {
    if (picture.state().openRolePlan().isPresent() || writing) {
      return Optional.of("a change of which PBX serves is being carried out already");
    }
    if (picture.state().active().filter(to::equals).isPresent()) {
      return Optional.of(to + " serves already");
    }
    if (!picture.couldServe(to)) {
      return Optional.of("calls would not be answered there: " + picture.sentence(to));
    }
    if (picture.withoutAddress().contains(to)) {
      return Optional.of(
          "callers to the floating address would not get there: no watcher beside "
              + to
              + " answers, and only that one can bring it to "
              + to
              + "'s host; start Linekeeper there first");
    }
    return Planner.whyNoPlannedMove(picture.state());
  }

  /** Begins a change of which PBX serves; completes once that is recorded. */
  CompletionStage<State> begin(Picture picture, Plan.Kind kind, PbxId to, String reason) {
    List<Entry> entries = new ArrayList<>();
    Plan plan = plan(picture, kind, to, reason);
    entries.add(new Entry.Intended(core.now(), plan));
    // A commit of its own would cost callers some milliseconds. In a planned move it is passed on
    // when the step's turn has come.
    picture
        .state()
        .leaseInForce()
        .filter(lease -> !kind.planned() && !lease.holder().equals(to))
        .map(lease -> new Entry.LeasePassed(core.now(), plan.epoch(), lease.number(), to))
        .ifPresent(entries::add);
    return write(entries.toArray(Entry[]::new));
  }

  private Plan plan(Picture picture, Plan.Kind kind, PbxId to, String reason) {
    PbxId from = picture.state().active().orElseThrow();
    Plan plan = Planner.role(picture, kind, from, to, names.get(), reason, core.ids().get());
    runs.expect(plan);
    return plan;
  }

  private CompletionStage<State> write(Entry... entries) {
    List<Entry> all = new ArrayList<>(seen.get());
    all.addAll(List.of(entries));
    CompletionStage<State> written = core.journal().append(all);
    writing = true;
    thread.then(
        written,
        state -> {
          writing = false;
          runs.turn();
        },
        notCommitted -> writing = false);
    return written;
  }
}
