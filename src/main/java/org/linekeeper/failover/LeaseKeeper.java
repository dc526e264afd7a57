package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.actuator.Addresses;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.LeaseHolder.Act;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.verdict.Verdict;

/**
 * Does what {@link LeaseHolder} wants done on this watcher's host, whether it leads or not. Runs on
 * the control thread.
 */
final class LeaseKeeper {
  private final Core core;
  private final ControlThread thread;
  private final AddressHost host;
  private final String life;
  private final HostTrouble trouble;
  private final LeaseLoss loss;
  private final LeasePassing passing;
  private final LeaseLeaving ending;
  private Optional<Holding> holding = Optional.empty();
  private boolean lettingGo;
  private boolean leaving;

  private record Holding(PbxId here, LeaseHolder holder) {}

  LeaseKeeper(Core core, ControlThread thread) {
    this.core = core;
    this.thread = thread;
    this.host = core.around().host();
    this.life = core.watcher() + "." + core.ids().get();
    this.trouble = new HostTrouble(core, host);
    this.loss = new LeaseLoss(core);
    this.passing = new LeasePassing(core, thread, loss);
    this.ending = new LeaseLeaving(core, life);
  }

  /** The floating address of those who have it by a lease, and of all others. */
  Addresses addresses() {
    return passing;
  }

  /** PBXs on whose host the address cannot be, as far as this watcher knows. */
  Set<PbxId> without() {
    return loss.without();
  }

  /** What has come about without a plan, if this watcher leads. */
  void lead(Picture picture) {
    passing.lead(picture);
  }

  /** What this watcher's own host has to do, whoever leads. */
  void turn(Picture picture) {
    passing.turn(picture);
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        picture.state().settings().flatMap(s -> s.estate().moving().address());
    Optional<PbxId> here = address.flatMap(floating -> floating.besideWatcher(core.watcher()));
    if (seen.isEmpty() || here.isEmpty() || leaving) {
      return;
    }
    LeaseHolder holder = holder(here.get(), picture.clock());
    boolean ours = seen.get().lease().holder().equals(here.get());
    trouble.turn(here.get(), address.get(), ours, picture.clock());
    boolean gone = picture.is(here.get(), Verdict.Kind.PROCESS_GONE);
    for (Act act : holder.turn(seen.get(), gone, picture.clock())) {
      carryOut(act, holder, here.get(), address.get());
    }
  }

  /** Why this watcher's own host cannot take it; empty if it can, or is never to. */
  Optional<String> hostTrouble() {
    return trouble.sentence();
  }

  /** What people should know about it, a sentence each; on every watcher's page. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    trouble.sentence().ifPresent(troubles::add);
    core.journal()
        .lease()
        .filter(seen -> loss.vain(seen) && troubles.isEmpty())
        .ifPresent(seen -> troubles.add(vainly(seen.lease())));
    return troubles;
  }

  private static String vainly(Lease lease) {
    return lease.bound().stream()
        .filter(lease::waitsFor)
        .findFirst()
        .map(
            other ->
                lease.holder()
                    + "'s host does not take the floating address yet: "
                    + LeasePassing.keeps(other))
        .orElseGet(
            () ->
                lease.holder()
                    + "'s host is to have the floating address and has not taken it, so callers"
                    + " who use it are not answered. Run \"linekeeper check\" there");
  }

  private LeaseHolder holder(PbxId here, Duration now) {
    if (holding.filter(known -> known.here.equals(here)).isEmpty()) {
      holding =
          Optional.of(new Holding(here, new LeaseHolder(here, life, LeaseTimes.SHIPPED, now)));
    }
    return holding.orElseThrow().holder;
  }

  private void carryOut(Act act, LeaseHolder holder, PbxId here, FloatingAddress address) {
    if (act instanceof Act.Renew renew) {
      // one that is not written in time counts for nothing, and the next one is on its way
      thread.then(
          core.journal()
              .renew(
                  new Entry.LeaseRenewed(core.now(), renew.lease(), renew.name(), renew.taken())),
          holder::counted,
          notCommitted -> {});
    } else if (act instanceof Act.Arm arm) {
      arm(arm, holder, address);
    } else if (act instanceof Act.SayFreed freed) {
      String how = here + "'s host has let go of " + String.join(", ", address.addresses());
      core.tryToWrite(new Entry.LeaseFreed(core.now(), freed.lease(), here, freed.renewal(), how));
    } else if (act instanceof Act.LetGo leave) {
      letGo(leave, holder, address);
    }
  }

  private void arm(Act.Arm arm, LeaseHolder holder, FloatingAddress address) {
    thread.then(
        host.arm(address.addresses(), address.device(), arm.until(), arm.notAfter()),
        has -> {
          if (has) {
            holder.armed(arm);
          } else {
            holder.notArmed();
          }
        },
        defect -> {});
  }

  /** This watcher is about to end. Completes when the address is seen to, or cannot be. */
  CompletionStage<Boolean> leave() {
    Optional<LeaseSeen> seen = core.journal().lease();
    Optional<FloatingAddress> address =
        core.state().settings().flatMap(s -> s.estate().moving().address());
    boolean ours =
        !leaving // told twice, the second word would undo what the first one has promised
            && seen.isPresent()
            && holding
                .filter(
                    here ->
                        here.holder.has(seen.get().lease().number(), core.ticker().now())
                            && here.here.equals(seen.get().lease().holder())
                            && !seen.get().lease().over())
                .isPresent();
    if (!ours || address.isEmpty()) {
      return CompletableFuture.completedFuture(false);
    }
    leaving = true;
    return ending.leave(seen.get().lease(), address.get());
  }

  private void letGo(Act.LetGo asked, LeaseHolder holder, FloatingAddress address) {
    if (lettingGo) {
      return;
    }
    lettingGo = true;
    thread.then(
        host.letGo(address.addresses(), address.device()),
        left -> {
          lettingGo = false;
          holder.letGo(asked, left.begun(), left.gone(), left.quiet());
        },
        defect -> lettingGo = false);
  }
}
