package org.linekeeper.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.linekeeper.estate.PbxId;

/**
 * On whose host the floating address may be, as several watchers have agreed. Nothing in it is a
 * time: each watcher counts by its own clock from what it saw of the log ({@link LeaseWatch}).
 *
 * @param number counts up with each host that it is passed to; who means another one is too late
 * @param holder the PBX on whose host the address may be
 * @param before who had the lease before this one; empty if there was none
 * @param renewal the latest renewal that counted, by the name that whoever asked gave it; empty
 *     text before the first
 * @param taken whether the holder's host has the address, as its renewals say
 * @param lastOver whether the host that had the lease before is known to have let go
 * @param earlierOver whether those that had the leases before that one are
 * @param over whether the holder has let go: nothing renews it any more
 * @param kept for how long the holder's host has the address although its watcher is away
 * @param keeps whether the holder's host has the address until it is told to let go, also while
 *     nothing is committed: then no time makes it free
 * @param bound hosts that may still have it by an earlier lease that kept it; whoever takes it
 *     waits until each of the others is known to have let go
 */
public record Lease(
    long number,
    PbxId holder,
    Optional<Before> before,
    String renewal,
    boolean taken,
    boolean lastOver,
    boolean earlierOver,
    boolean over,
    Optional<Kept> kept,
    boolean keeps,
    SortedSet<PbxId> bound) {
  /** Copies its set. */
  public Lease {
    bound = Collections.unmodifiableSortedSet(new TreeSet<>(bound));
  }

  /**
   * Of a lease that was passed on.
   *
   * @param renewal the latest of it that counted
   * @param kept for how long its host, or one of those before it, has the address although its
   *     watcher is away
   */
  public record Before(PbxId pbx, String renewal, Optional<Kept> kept) {}

  /**
   * A watcher that is being restarted leaves the address to its host.
   *
   * @param life of the watcher, with which the names of its renewals begin
   * @param time by the host's clock
   */
  public record Kept(String life, Duration time) {
    /** With an allowance for the host's clock. */
    Duration atMost() {
      return time.plus(time.dividedBy(100));
    }

    /** Whether that renewal is by a later life: the kernel has been told anew since. */
    boolean overBy(String renewal) {
      return !renewal.startsWith(life + "-");
    }
  }

  /** The first one: nobody has had the address by a lease before. */
  public static Lease first(PbxId holder) {
    return new Lease(
        1,
        holder,
        Optional.empty(),
        "",
        false,
        true,
        true,
        false,
        Optional.empty(),
        false,
        new TreeSet<>());
  }

  /** Whether no other host has the address any more: whoever takes it does not wait. */
  public boolean free() {
    return lastOver && earlierOver && !boundElsewhere();
  }

  /** Whether the holder's host is believed to have it, whatever has become of its watcher. */
  public boolean stays() {
    return keeps && taken || bound.contains(holder);
  }

  /** Whether another host may have it until it is told to let go, or cannot have it any more. */
  public boolean boundElsewhere() {
    return bound.stream().anyMatch(pbx -> !pbx.equals(holder));
  }

  private Optional<Kept> stillKept() {
    return kept.isPresent() || free() ? kept : before.flatMap(Before::kept);
  }

  /**
   * Renewed, if that is what was meant, and no later one of the same watcher has come before: they
   * come by several ways. Whoever has taken it had waited for all others.
   *
   * @param keep whether the holder's host, whose watcher lives, is to keep the address from now on
   */
  Lease renewed(long meant, String name, boolean has, boolean keep) {
    return meant == number && !over && !overtaken(name)
        ? new Lease(
            number,
            holder,
            before,
            name,
            has,
            lastOver || has,
            earlierOver || has,
            false,
            kept.filter(any -> !has || !any.overBy(name)),
            keeps || keep,
            has ? new TreeSet<>() : bound)
        : this;
  }

  /** Of the watcher that renewed it last; empty text before the first renewal. */
  public String life() {
    return life(renewal);
  }

  private static String life(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('-')));
  }

  private boolean overtaken(String name) {
    int end = name.lastIndexOf('-') + 1;
    return life(renewal).equals(life(name))
        && !renewal.equals(name)
        && turn(renewal.substring(end)) > turn(name.substring(end));
  }

  private static long turn(String digits) {
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : 0;
  }

  /** Left to the holder's host, which has the address, for so long, if that is what was meant. */
  Lease kept(long meant, String life, Duration time) {
    return meant == number && !over
        ? new Lease(
            number,
            holder,
            before,
            renewal,
            true,
            true,
            true,
            false,
            Optional.of(new Kept(life, time)),
            keeps,
            new TreeSet<>())
        : this;
  }

  /**
   * Passed on, if that is what was meant: of two who do so only the first one does. Whether the
   * next host keeps the address is for its first renewal to say.
   */
  Lease passed(long meant, PbxId to) {
    return meant == number
        ? new Lease(
            number + 1,
            to,
            Optional.of(new Before(holder, renewal, stillKept())),
            "",
            false,
            over,
            free(),
            false,
            Optional.empty(),
            false,
            boundNow())
        : this;
  }

  /** While another host may have the address, the holder's cannot have taken it. */
  private SortedSet<PbxId> boundNow() {
    SortedSet<PbxId> now = new TreeSet<>(bound);
    if (keeps && !over && !boundElsewhere()) {
      now.add(holder);
    }
    return now;
  }

  /**
   * The host that had the lease of that number has let go, or cannot have the address any more.
   *
   * @param pbx whose host that is
   * @param last the latest renewal that whoever says so had seen: what was renewed since, by
   *     another life of that watcher, may have been acted on
   */
  Lease freed(long meant, PbxId pbx, String last) {
    if (meant == number && pbx.equals(holder) && last.equals(renewal)) {
      return new Lease(
          number,
          holder,
          before,
          renewal,
          false,
          lastOver,
          earlierOver,
          true,
          Optional.empty(),
          keeps,
          without(pbx));
    }
    if (meant != number - 1 || pbx.equals(holder)) {
      return this;
    }
    // it has seen that another one has the lease, so nothing is counted for it any more
    Optional<Boolean> latest =
        before.filter(lease -> lease.pbx().equals(pbx)).map(lease -> lease.renewal().equals(last));
    if (!latest.orElse(true)) {
      return this;
    }
    return new Lease(
        number,
        holder,
        before,
        renewal,
        taken,
        lastOver || latest.isPresent(),
        earlierOver,
        over,
        kept,
        keeps,
        without(pbx));
  }

  /** Whether nobody may take the address before that host, which may have kept it, let go. */
  public boolean waitsFor(PbxId pbx) {
    return bound.contains(pbx) && !pbx.equals(holder);
  }

  /**
   * What is to be written when it is known that a host of an earlier lease does not have the
   * address any more.
   *
   * @param how how that is known, in a sentence
   */
  public Entry.LeaseFreed freedBy(Instant at, PbxId pbx, String how) {
    String last = before.filter(lease -> lease.pbx().equals(pbx)).map(Before::renewal).orElse("");
    return new Entry.LeaseFreed(at, number - 1, pbx, last, how);
  }

  private SortedSet<PbxId> without(PbxId pbx) {
    SortedSet<PbxId> others = new TreeSet<>(bound);
    others.remove(pbx);
    return others;
  }
}
