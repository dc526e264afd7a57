package org.linekeeper.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.NotCommitted;
import org.linekeeper.journal.Recorded;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.LeaseWatch;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;

/** The journal of one life of a watcher: its state, and appends one after the other. */
final class SimulatedJournal implements Journal {
  private static final Duration COMMIT = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofMillis(20);
  private static final Duration NEXT_WAY = Duration.ofMillis(60);
  private static final Duration OF_USE = Duration.ofSeconds(1);
  private static final int MOST_TOGETHER = 64;

  private final Office office;
  private final Machine machine;
  private final Life life;
  private final String name;
  private final Replica replica;
  private final List<Consumer<List<Recorded>>> listeners = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<String, List<Waiting>> open = new LinkedHashMap<>();
  private final Map<String, List<Consumer<Counted>>> counting = new HashMap<>();
  private final Set<String> applied = new HashSet<>();
  private State state = State.EMPTY;
  private State ahead = State.EMPTY;
  private LeaseWatch watch;
  private Duration beforeLatest;
  private Duration wrongMoment;
  private boolean replaying;
  private Optional<String> asked = Optional.empty();
  private long records;
  private long calls;
  private String sending = "";

  private record Waiting(List<Entry> entries, CompletableFuture<State> done) {}

  SimulatedJournal(Office office, Machine machine, Life life, Disk disk, String name) {
    this.office = office;
    this.machine = machine;
    this.life = life;
    this.name = name;
    this.watch = LeaseWatch.beginning(machine.monotonic());
    this.beforeLatest = watch.counted();
    this.wrongMoment = watch.counted();
    this.replica = new Replica(office, machine, life, disk, this::apply);
  }

  Replica replica() {
    return replica;
  }

  void start() {
    replaying = true;
    if (office.flaws().contains(Flaw.WAIT_FORGOTTEN_AT_A_RESTART)) {
      watch = LeaseWatch.beginning(longAgo());
    }
    replica.start();
    replaying = false;
  }

  private Duration longAgo() {
    return machine.monotonic().minusSeconds(60);
  }

  private Duration seenAt() {
    return replaying && office.flaws().contains(Flaw.WAIT_FORGOTTEN_AT_A_RESTART)
        ? longAgo()
        : machine.monotonic();
  }

  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    if (!office.moment(machine.name, "before " + entries)) {
      return new CompletableFuture<>();
    }
    entries.forEach(entry -> office.appends(machine.name, entry));
    if (office.flaws().contains(Flaw.ACTS_BEFORE_THE_INTENT)) {
      ahead = entries.stream().reduce(state(), State::evolve, (one, other) -> other);
      waiting.add(new Waiting(List.copyOf(entries), new CompletableFuture<>()));
      if (sending.isEmpty()) {
        send();
      }
      return CompletableFuture.completedFuture(ahead);
    }
    Waiting one = new Waiting(List.copyOf(entries), new CompletableFuture<>());
    waiting.add(one);
    life.after(
        COMMIT,
        () -> one.done.completeExceptionally(new NotCommitted("not committed in time", null)));
    if (sending.isEmpty()) {
      send();
    }
    return one.done;
  }

  @Override
  public CompletionStage<Counted> renew(Entry.LeaseRenewed renewal) {
    CompletableFuture<Counted> answer = new CompletableFuture<>();
    if (!office.moment(machine.name, "before " + List.of(renewal))) {
      return answer;
    }
    asked = Optional.of(renewal.renewal());
    life.after(OF_USE, () -> answer.completeExceptionally(new NotCommitted("too late", null)));
    ask(renewal, answer);
    return answer;
  }

  /** By every way at once, as {@code Renewals} does it when one is slow. */
  private void ask(Entry.LeaseRenewed renewal, CompletableFuture<Counted> answer) {
    if (answer.isDone() || !asked.equals(Optional.of(renewal.renewal()))) {
      return;
    }
    Consumer<Counted> told =
        counted -> {
          if (!answer.isDone() && office.moment(machine.name, "after " + List.of(renewal))) {
            answer.complete(counted);
          }
        };
    count(renewal, told);
    for (String other : Office.WATCHERS) {
      if (!other.equals(machine.name)) {
        toCount(other, renewal, false, told);
      }
    }
    life.after(NEXT_WAY, () -> ask(renewal, answer));
  }

  private void toCount(
      String whom, Entry.LeaseRenewed renewal, boolean passedOn, Consumer<Counted> told) {
    Consumer<Counted> answer =
        counted ->
            office.wire().send(whom, machine.name, () -> life.run(() -> told.accept(counted)));
    office
        .wire()
        .send(
            machine.name,
            whom,
            () -> office.watcher(whom).journal(its -> its.heard(renewal, passedOn, answer)));
  }

  private void heard(Entry.LeaseRenewed renewal, boolean passedOn, Consumer<Counted> answer) {
    if (!count(renewal, answer) && !passedOn) {
      replica.leader().ifPresent(leader -> toCount(leader, renewal, true, answer));
    }
  }

  /** Whether this one leads, and has it counted; by two leaders it may come into the log twice. */
  private boolean count(Entry.LeaseRenewed renewal, Consumer<Counted> answer) {
    String call = renewal.renewal() + " by " + name;
    if (!replica.propose(call, List.of(renewal))) {
      return false;
    }
    if (office.flaws().contains(Flaw.ANSWERS_BEFORE_THE_COMMIT)) {
      answer.accept(new Counted(renewal.lease(), renewal.renewal()));
    } else if (applied.contains(call)) {
      answer.accept(Counted.in(state));
    } else {
      counting.computeIfAbsent(call, any -> new ArrayList<>()).add(answer);
    }
    return true;
  }

  private void send() {
    if (waiting.isEmpty()) {
      sending = "";
      return;
    }
    List<Waiting> together =
        new ArrayList<>(waiting.subList(0, Math.min(MOST_TOGETHER, waiting.size())));
    waiting.removeAll(together);
    String call = name + "-" + ++calls;
    sending = call;
    open.put(call, together);
    List<Entry> entries = together.stream().flatMap(each -> each.entries.stream()).toList();
    life.after(COMMIT, () -> over(call));
    propose(call, entries);
  }

  /** Whoever waits is told by its own deadline; what was sent may still be committed. */
  private void over(String call) {
    open.remove(call);
    if (sending.equals(call)) {
      send();
    }
  }

  private void propose(String call, List<Entry> entries) {
    if (!sending.equals(call)) {
      return;
    }
    if (!replica.propose(call, entries)) {
      replica
          .leader()
          .ifPresent(
              leader ->
                  office
                      .wire()
                      .send(
                          machine.name,
                          leader,
                          () -> office.watcher(leader).replica(its -> its.propose(call, entries))));
    }
    // It may have got there all the same: the same call again counts once.
    life.after(RETRY, () -> propose(call, entries));
  }

  private void apply(int place, Disk.Item item) {
    office.committed(place, item);
    List<Recorded> news = new ArrayList<>();
    watch = watch.came(machine.monotonic());
    for (Entry entry : item.entries()) {
      Entry counted = office.flaws().contains(Flaw.NO_EPOCH) ? inTime(entry) : entry;
      State after = State.evolve(state, counted);
      LeaseWatch saw = watch.saw(state.lease(), after.lease(), seenAt());
      if (!saw.earlier().equals(watch.earlier())) {
        wrongMoment = beforeLatest;
      }
      if (!saw.counted().equals(watch.counted())) {
        beforeLatest = watch.counted();
      }
      watch = saw;
      records++;
      office.evolved(machine.name, records, state, counted, after);
      state = after;
      if (!(entry instanceof Entry.LeaseRenewed)) {
        news.add(new Recorded(records, entry));
      }
    }
    ahead = State.EMPTY;
    if (item.entries().stream().anyMatch(Entry.LeaseRenewed.class::isInstance)) {
      applied.add(item.call());
      Optional.ofNullable(counting.remove(item.call()))
          .ifPresent(who -> who.forEach(answer -> answer.accept(Counted.in(state))));
    }
    List<Waiting> ours = open.remove(item.call());
    if (ours != null) {
      State now = state;
      if (office.moment(machine.name, "after " + item.entries())) {
        ours.forEach(each -> each.done.complete(now));
      }
    }
    if (sending.equals(item.call())) {
      send();
    }
    if (!news.isEmpty()) {
      listeners.forEach(listener -> listener.accept(news));
    }
  }

  /** As if nobody had looked at the epoch. */
  private Entry inTime(Entry entry) {
    return entry instanceof Entry.Intended intended
            && intended.plan().kind().changesRole()
            && intended.plan().epoch().compareTo(state.epoch()) <= 0
        ? new Entry.Intended(intended.at(), inEpoch(intended.plan(), state.epoch().next()))
        : entry;
  }

  private static Plan inEpoch(Plan plan, Epoch epoch) {
    return new Plan(
        plan.id(),
        epoch,
        plan.kind(),
        plan.reason(),
        plan.at(),
        plan.from(),
        plan.to(),
        plan.steps());
  }

  @Override
  public State state() {
    return ahead == State.EMPTY ? state : ahead;
  }

  @Override
  public List<Recorded> latest(int most) {
    return List.of();
  }

  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  @Override
  public String trouble() {
    return replica.leads() || replica.leader().isPresent() ? "" : "there is no leader";
  }

  @Override
  public Optional<LeaseSeen> lease() {
    return state.lease().map(lease -> new LeaseSeen(as(lease), watch()));
  }

  private Lease as(Lease lease) {
    if (office.flaws().contains(Flaw.KEPT_IS_TAKEN_AFTER_THE_TENURE)) {
      return new Lease(
          lease.number(),
          lease.holder(),
          lease.before(),
          lease.renewal(),
          lease.taken(),
          lease.lastOver(),
          lease.earlierOver(),
          lease.over(),
          lease.kept(),
          lease.keeps(),
          new TreeSet<>());
    }
    boolean own = lease.holder().equals(office.beside(machine.name).orElse(null));
    return office.flaws().contains(Flaw.ARMS_WITHOUT_A_COMMIT) && asked.isPresent() && own
        ? renewed(lease, asked.get())
        : lease;
  }

  private static Lease renewed(Lease lease, String name) {
    return new Lease(
        lease.number(),
        lease.holder(),
        lease.before(),
        name,
        lease.taken(),
        lease.lastOver(),
        lease.earlierOver(),
        lease.over(),
        lease.kept(),
        lease.keeps(),
        lease.bound());
  }

  private LeaseWatch watch() {
    if (office.flaws().contains(Flaw.NO_TENURE_WAIT)) {
      return with(longAgo());
    }
    return office.flaws().contains(Flaw.WAITS_FROM_THE_WRONG_MOMENT) ? with(wrongMoment) : watch;
  }

  private LeaseWatch with(Duration earlier) {
    return new LeaseWatch(watch.counted(), earlier, watch.came(), watch.flows());
  }

  @Override
  public boolean leads() {
    return replica.mayAct();
  }

  @Override
  public Standing standing() {
    return new Standing(leads(), replica.leader(), Office.WATCHERS, Set.of(), Set.of(), List.of());
  }

  @Override
  public void close() {
    life.end();
  }
}
