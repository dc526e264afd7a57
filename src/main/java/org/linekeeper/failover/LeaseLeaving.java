package org.linekeeper.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Lease;

/**
 * What becomes of the floating address on this watcher's host when the watcher ends: if it is to be
 * started again, its host keeps the address meanwhile, as the others then know; if its machine is
 * being shut down, the PBX there is as well, and the address is let go of.
 */
final class LeaseLeaving {
  private static final String LATE =
      "'s watcher has ended, and its host could not be told in time to keep the address meanwhile";

  /** A restart takes some five seconds, an update of the machine's packages a little more. */
  private static final Duration AWAY = Duration.ofSeconds(30);

  private final Core core;
  private final AddressHost host;
  private final String life;

  /**
   * @param life of this watcher, with which the names of its renewals begin
   */
  LeaseLeaving(Core core, String life) {
    this.core = core;
    this.host = core.around().host();
    this.life = life;
  }

  /**
   * Completes when that is so, or cannot be.
   *
   * @param lease by which the host has the address
   */
  CompletionStage<Boolean> leave(Lease lease, FloatingAddress address) {
    return host.ending()
        .thenCompose(ending -> ending ? free(lease, address) : keep(lease, address));
  }

  private CompletionStage<Boolean> free(Lease lease, FloatingAddress address) {
    String how = lease.holder() + "'s machine is being shut down, and has let go of the address";
    return free(lease, address, how);
  }

  private CompletionStage<Boolean> free(Lease lease, FloatingAddress address, String how) {
    return host.letGo(address.addresses(), address.device())
        .thenCompose(
            left ->
                left.gone() && left.quiet()
                    ? core.journal()
                        .append(
                            List.of(
                                new Entry.LeaseFreed(
                                    core.now(),
                                    lease.number(),
                                    lease.holder(),
                                    lease.renewal(),
                                    how)))
                        .thenApply(state -> state.lease().filter(Lease::over).isPresent())
                    : CompletableFuture.completedFuture(false));
  }

  private CompletionStage<Boolean> keep(Lease lease, FloatingAddress address) {
    Duration now = core.ticker().now();
    return core.journal()
        .append(List.of(new Entry.LeaseKept(core.now(), lease.number(), life, AWAY)))
        .thenCompose(
            state ->
                state
                    .lease()
                    .filter(l -> l.kept().map(Lease.Kept::life).equals(Optional.of(life)))
                    .map(kept -> keep(kept, address, now))
                    .orElse(CompletableFuture.completedFuture(false)));
  }

  private CompletionStage<Boolean> keep(Lease lease, FloatingAddress address, Duration now) {
    Duration until = now.plus(lease.keeps() ? LeaseHolder.KEPT : AWAY);
    Duration notAfter = now.plus(LeaseTimes.SHIPPED.leaving());
    return host.arm(address.addresses(), address.device(), until, notAfter)
        .thenCompose(
            has ->
                has
                    ? CompletableFuture.completedFuture(true)
                    : free(lease, address, lease.holder() + LATE));
  }
}
