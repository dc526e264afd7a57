package org.linekeeper.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.command.Commands;
import org.linekeeper.command.DeskPhone;
import org.linekeeper.command.DialogueRules;
import org.linekeeper.command.Pins;
import org.linekeeper.command.TextDialogue;
import org.linekeeper.failover.CommandDesk;
import org.linekeeper.failover.ControlLoop;
import org.linekeeper.failover.Core;
import org.linekeeper.failover.Others;
import org.linekeeper.failover.Vote;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;
import org.linekeeper.verdict.Profile;

/** A watcher, through all its lives on one machine. */
final class Watcher {
  private final Office office;
  private final World world;
  private final Machine machine;
  private final Disk disk;
  private int lives;
  private Life life;
  private SimulatedJournal journal;
  private ControlLoop loop;
  private Probes probes;
  private CommandDesk desk;

  Watcher(Office office, Machine machine) {
    this.office = office;
    this.world = office.world();
    this.machine = machine;
    this.disk = new Disk(world, office.counters(), office.bootstrap());
    begin();
  }

  private void begin() {
    String name = machine.name + ++lives;
    Life now = new Life(world, machine);
    life = now;
    journal = new SimulatedJournal(office, machine, now, disk, name);
    int[] ids = {0};
    Core core =
        new Core(
            machine.name,
            journal,
            office.pbxs().control(machine.name, now),
            office.provider().reachedBy(machine.name),
            new Surroundings(
                this::fence,
                Surroundings.NONE.addresses(),
                Surroundings.NONE.names(),
                new Kernel(now)),
            new Pool(world, now),
            new Pool(world, now),
            machine::wall,
            machine::monotonic,
            () -> name + "." + ++ids[0],
            new Asked(now));
    loop = new ControlLoop(core, Profile.lan(), Office.PAIR, now);
    probes = new Probes(office, machine, now, loop);
    Commands commands =
        new Commands((estate, target) -> Optional.empty(), () -> name + "d" + ++ids[0]);
    DialogueRules rules = DialogueRules.defaults();
    desk =
        new CommandDesk(
            loop,
            commands,
            () -> new TextDialogue(commands, Pins.none(), rules),
            () -> new DeskPhone(commands, Pins.none(), rules),
            CommandDesk.Edits.NONE);
    journal.start();
    loop.start(probes::check);
    probes.start();
  }

  /** The office's command: it switches the power of that PBX's machine off, and on again later. */
  private CompletionStage<Outcome> fence(Step.RunCommand step, Plan plan) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    if (!office.moment(machine.name, "before it fences a host")) {
      return outcome;
    }
    world.in(
        world.millis(100, 900),
        () -> {
          boolean works = world.chance(0.9);
          if (works) {
            office.cutPower(step.pbx());
          }
          outcome.complete(works ? Outcome.applied("off") : Outcome.rejected("no answer"));
        });
    return outcome;
  }

  Machine machine() {
    return machine;
  }

  Life life() {
    return life;
  }

  Probes probes() {
    return probes;
  }

  SimulatedJournal journal() {
    return journal;
  }

  boolean mayAct() {
    return !life.over() && journal.leads();
  }

  /** As it stands at this moment, if its process runs. */
  void replica(Consumer<Replica> message) {
    Life now = life;
    Replica its = journal.replica();
    now.run(() -> message.accept(its));
  }

  /** As it stands at this moment, if its process runs. */
  void journal(Consumer<SimulatedJournal> message) {
    Life now = life;
    SimulatedJournal its = journal;
    now.run(() -> message.accept(its));
  }

  void say(String words) {
    if (mayAct() && !life.paused()) {
      desk.say(words, new Actor(Actor.Door.CLI, "engineer"));
    }
  }

  void kill() {
    life.end();
  }

  /**
   * Ends it as a service manager does.
   *
   * @param ending whether the whole machine is to end
   */
  void stop(boolean ending) {
    Life now = life;
    machine.ending = ending;
    loop.leave().thenAccept(any -> now.end());
    world.in(world.millis(1_500, 1_500), now::end);
  }

  void restart() {
    if (life.over()) {
      begin();
    }
  }

  /**
   * Its host's kernel, by way of programs that a pause of the watcher does not stop: one after the
   * other, as {@code HostAddresses} does it, and one that hangs is not waited for beyond a limit.
   */
  private final class Kernel implements AddressHost {
    private static final long LIMIT = 2_000_000_000L;

    private final Life mine;
    private final Deque<Runnable> lane = new ArrayDeque<>();
    private boolean busy;
    private boolean quiet = true;

    private Kernel(Life mine) {
      this.mine = mine;
    }

    private void later(Runnable work) {
      lane.add(work);
      next();
    }

    private void next() {
      if (!busy && !lane.isEmpty()) {
        busy = true;
        Runnable work = lane.poll();
        world.in(world.millis(0.05, 0.5), () -> mine.run(work));
      }
    }

    /** Starts a program, and goes on when it has ended, or is not waited for any more. */
    private void run(BooleanSupplier program, Consumer<Boolean> then) {
      long takes = world.chance(0.02) ? world.millis(20, 2_600) : world.millis(1, 8);
      boolean[] done = {false};
      boolean hangs = takes > LIMIT;
      world.in(takes, () -> done[0] = program.getAsBoolean());
      world.in(
          Math.min(takes, LIMIT) + 1,
          () ->
              mine.run(
                  () -> {
                    quiet &= !hangs;
                    then.accept(done[0]);
                    busy = false;
                    next();
                  }));
    }

    @Override
    public CompletionStage<Boolean> arm(
        List<String> addresses, String device, Duration until, Duration notAfter) {
      CompletableFuture<Boolean> has = new CompletableFuture<>();
      later(
          () -> {
            if (late(notAfter)) {
              has.complete(false);
              busy = false;
              next();
            } else {
              Duration left = until.minus(machine.monotonic());
              if (office.moment(machine.name, "before it takes the address")) {
                run(() -> armed(until, left, notAfter), has::complete);
              }
            }
          });
      return has;
    }

    private boolean late(Duration notAfter) {
      return machine.monotonic().compareTo(notAfter) > 0;
    }

    private boolean armed(Duration until, Duration left, Duration notAfter) {
      boolean intime = !late(notAfter) && office.isUp(machine.name);
      if (intime) {
        boolean fromNow = office.flaws().contains(Flaw.COUNTS_FROM_WHEN_IT_IS_TOLD);
        machine.arm(fromNow ? machine.monotonic().plus(left) : until);
        office.armed(machine);
        office.moment(machine.name, "after it took the address");
      } else {
        office.counters().add("arms refused as too late");
      }
      return intime;
    }

    @Override
    public CompletionStage<Left> letGo(List<String> addresses, String device) {
      CompletableFuture<Left> left = new CompletableFuture<>();
      later(
          () -> {
            Duration begun = machine.monotonic();
            if (office.moment(machine.name, "before it lets go of the address")) {
              run(this::gone, gone -> left.complete(new Left(begun, gone, quiet)));
            }
          });
      return left;
    }

    @Override
    public CompletionStage<Boolean> ending() {
      return CompletableFuture.completedFuture(machine.ending);
    }

    private boolean gone() {
      office.tell(machine.name + "'s kernel lets go");
      if (!office.flaws().contains(Flaw.SAYS_FREED_WITHOUT_LETTING_GO)) {
        machine.letGo();
      }
      office.moment(machine.name, "after it let go of the address");
      return true;
    }
  }

  /** The others, as they are asked by it. */
  private final class Asked implements Others {
    private final Life mine;
    private final Map<String, Vote> earlier = new HashMap<>();

    private Asked(Life mine) {
      this.mine = mine;
    }

    @Override
    public List<String> names() {
      return office.flaws().contains(Flaw.NO_VOTES)
          ? List.of()
          : Office.WATCHERS.stream().filter(other -> !other.equals(machine.name)).toList();
    }

    @Override
    public CompletionStage<Vote> look(String watcher, Duration asked, Duration deadline) {
      CompletableFuture<Vote> answer = new CompletableFuture<>();
      mine.after(deadline, () -> notAnswered(watcher, asked, answer));
      office
          .wire()
          .send(
              machine.name,
              watcher,
              () ->
                  office
                      .watcher(watcher)
                      .asked(
                          machine.name,
                          vote ->
                              mine.run(() -> answer.complete(stale(watcher, at(vote, asked))))));
      return answer;
    }

    private void notAnswered(String watcher, Duration asked, CompletableFuture<Vote> answer) {
      if (office.flaws().contains(Flaw.SILENCE_IS_CONSENT)) {
        loop.vote()
            .thenAccept(
                own ->
                    answer.complete(
                        new Vote(
                            watcher,
                            own.kinds(),
                            own.evidence(),
                            own.sight(),
                            own.carrier(),
                            asked)));
      } else {
        answer.completeExceptionally(new IllegalStateException("no answer"));
      }
    }

    private Vote at(Vote vote, Duration asked) {
      return new Vote(
          vote.watcher(), vote.kinds(), vote.evidence(), vote.sight(), vote.carrier(), asked);
    }

    private Vote stale(String watcher, Vote vote) {
      if (!office.flaws().contains(Flaw.STALE_VOTES)) {
        return vote;
      }
      boolean bad = vote.kinds().values().stream().anyMatch(kind -> kind.cannotServe());
      if (bad) {
        earlier.put(watcher, vote);
      }
      return Optional.ofNullable(earlier.get(watcher)).map(old -> at(old, vote.at())).orElse(vote);
    }
  }

  private void asked(String by, Consumer<Vote> answer) {
    Life now = life;
    ControlLoop its = loop;
    now.run(
        () ->
            its.vote()
                .thenAccept(
                    vote -> office.wire().send(machine.name, by, () -> answer.accept(vote))));
  }
}
