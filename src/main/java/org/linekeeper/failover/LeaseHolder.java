package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Lease;
import org.linekeeper.state.LeaseSeen;

/**
 * What the watcher beside a PBX does about the floating address, by what it has seen of the lease.
 * It knows neither the host nor the journal: what it wants done is its answer, and what came of it
 * it is told. Not for more than one thread.
 */
final class LeaseHolder {
  /** A host that does not let go is asked again this often, and one that did is not at once. */
  private static final Duration LET_GO_AGAIN = Duration.ofMillis(50);

  /** Renewals that may still come to count; older ones are not acted on anyway. */
  private static final int UNDER_WAY = 8;

  /** That this host has let go is said again, should it not have been written. */
  private static final Duration SAY_AGAIN = Duration.ofSeconds(1);

  /** Until it is told to let go, as good as. */
  static final Duration KEPT = Duration.ofDays(365);

  /** One that was to keep it and could not be ended, since the kernel held it up, has its way. */
  private static final Duration LINGERS = Duration.ofSeconds(10);

  private final PbxId here;
  private final String life;
  private final LeaseTimes times;
  private final Duration started;
  private final Map<String, Duration> asked = new LinkedHashMap<>();
  private long renewals;
  private Optional<Duration> askedLast = Optional.empty();
  private Counted counted = new Counted(0, "");
  private Duration armedBy;
  private long arms;
  private Duration toldUntil;
  private boolean has;

  /** Whether it is known here: an earlier life may have left the address to the host. */
  private boolean looked;

  /** Whether a program of this life was told to keep it until further notice. */
  private boolean everKept;

  /** What it had by an earlier lease says nothing of the host that had the one between. */
  private long hadBy;

  private Duration hasUntil = Duration.ZERO;

  private boolean clear;
  private Optional<Duration> toldAt = Optional.empty();
  private Optional<Act.SayFreed> said = Optional.empty();
  private Optional<Duration> saidAt = Optional.empty();

  /** What is to be done. */
  sealed interface Act {
    /** To be written into the journal, by whichever watcher leads. */
    record Renew(long lease, String name, boolean taken) implements Act {}

    /**
     * The kernel is to keep the address.
     *
     * @param lease by which it may
     * @param until so long, by this watcher's own monotonic clock
     * @param notAfter that is not begun after that
     */
    record Arm(long lease, Duration until, Duration notAfter) implements Act {}

    /**
     * The host is to let go of the address, whether it has it or not.
     *
     * @param arms how often it was armed before: what comes of this says nothing once it was again
     */
    record LetGo(long arms) implements Act {}

    /**
     * To be written into the journal.
     *
     * @param renewal the latest of that lease that counted
     */
    record SayFreed(long lease, String renewal) implements Act {}
  }

  /**
   * @param here the PBX on whose host this watcher stands
   * @param life a name that no earlier life of this watcher had
   * @param now when this life began
   */
  LeaseHolder(PbxId here, String life, LeaseTimes times, Duration now) {
    this.here = here;
    this.life = life;
    this.times = times;
    this.started = now;
    this.armedBy = now.minusNanos(1);
    this.toldUntil = began();
  }

  /** Until then a program that an earlier life has told something may still do it. */
  private Duration began() {
    return started.plus(times.leaving());
  }

  /** Whether the host has the address by that lease, as the kernel was told. */
  boolean has(long lease, Duration now) {
    return has && hadBy == lease && now.compareTo(hasUntil) < 0;
  }

  /**
   * @param gone whether the PBX here is known not to answer anybody any more
   */
  List<Act> turn(LeaseSeen seen, boolean gone, Duration now) {
    Lease lease = seen.lease();
    List<Act> acts = new ArrayList<>();
    // once it was to be said that the host has let go, that may come to count at any time
    boolean freed = said.filter(word -> word.lease() == lease.number()).isPresent();
    // one that keeps it lets go when another one can take it: without a majority nobody can
    boolean lets = gone && (!lease.keeps() || seen.watch().flowing(now));
    if (lease.holder().equals(here) && !lease.over() && !lets && !freed) {
      hold(seen, now, acts);
    } else {
      leave(lease, now, acts);
    }
    return acts;
  }

  private void hold(LeaseSeen seen, Duration now, List<Act> acts) {
    Lease lease = seen.lease();
    boolean waits = !seen.watch().mayTake(lease, times.tenure(), now);
    boolean due = askedLast.map(at -> now.minus(at).compareTo(times.every()) >= 0).orElse(true);
    if (due) {
      String name = life + "-" + ++renewals;
      askedLast = Optional.of(now);
      asked.put(name, now);
      asked.keySet().stream()
          .limit(Math.max(0, asked.size() - UNDER_WAY))
          .toList()
          .forEach(asked::remove);
      boolean left = !looked && lease.keeps() && lease.taken();
      acts.add(new Act.Renew(lease.number(), name, left || has(lease.number(), now)));
    }
    latestAsked(lease)
        .filter(at -> now.minus(at).compareTo(times.held()) < 0)
        .filter(at -> at.compareTo(armedBy) > 0)
        .filter(at -> now.compareTo(began()) >= 0)
        .filter(at -> !waits)
        .ifPresent(at -> acts.add(arm(lease, at)));
  }

  /** When the latest that is known to have counted was asked for. */
  private Optional<Duration> latestAsked(Lease lease) {
    return Stream.of(new Counted(lease.number(), lease.renewal()), counted)
        .filter(known -> known.lease() == lease.number())
        .flatMap(known -> Optional.ofNullable(asked.get(known.renewal())).stream())
        .max(Comparator.naturalOrder());
  }

  private Act arm(Lease lease, Duration at) {
    Duration notAfter = at.plus(times.held());
    armedBy = at;
    arms++;
    toldUntil = notAfter;
    clear = false;
    toldAt = Optional.empty();
    Duration until = lease.keeps() ? at.plus(KEPT) : notAfter;
    everKept |= lease.keeps();
    return new Act.Arm(lease.number(), until, notAfter);
  }

  private void leave(Lease lease, Duration now, List<Act> acts) {
    if (!clear) {
      if (toldAt.map(at -> now.minus(at).compareTo(LET_GO_AGAIN) >= 0).orElse(true)) {
        toldAt = Optional.of(now);
        acts.add(new Act.LetGo(arms));
      }
      return;
    }
    boolean holder = lease.holder().equals(here);
    long number = holder ? lease.number() : lease.number() - 1;
    Optional<String> renewal =
        holder
            ? Optional.of(lease.renewal()).filter(last -> !lease.over())
            : lease
                .before()
                .filter(before -> before.pbx().equals(here) && !lease.lastOver())
                .map(Lease.Before::renewal);
    boolean bound = !holder && renewal.isEmpty() && lease.bound().contains(here);
    Optional<Act.SayFreed> word =
        renewal
            .or(() -> bound ? Optional.of("") : Optional.empty())
            .map(last -> new Act.SayFreed(number, last));
    boolean again =
        !said.equals(word)
            || saidAt.map(at -> now.minus(at).compareTo(SAY_AGAIN) >= 0).orElse(true);
    if (word.isPresent() && again) {
      said = word;
      saidAt = Optional.of(now);
      acts.add(word.get());
    }
  }

  /** That one is known to have counted: whoever leads said so, or the journal here does. */
  void counted(Counted latest) {
    Duration at = asked.get(latest.renewal());
    Duration known = asked.get(counted.renewal());
    if (at != null && (known == null || at.compareTo(known) > 0)) {
      counted = latest;
    }
  }

  /** The kernel has the address, as it was to. */
  void armed(Act.Arm arm) {
    looked = true;
    has = true;
    hadBy = arm.lease();
    hasUntil = arm.until();
  }

  /** It could not be told, or was too late. */
  void notArmed() {
    looked = true;
  }

  /**
   * The host was looked at after it was to let go.
   *
   * @param asked what was asked of it
   * @param begun when it was told to
   * @param gone whether it does not have the address
   * @param quiet whether no program that was told to take it is still about
   */
  void letGo(Act.LetGo asked, Duration begun, boolean gone, boolean quiet) {
    if (asked.arms() != arms) {
      return;
    }
    has = !gone;
    looked = true;
    Duration linger = everKept ? LINGERS : Duration.ZERO;
    boolean late =
        begun.compareTo(began()) >= 0 && (quiet || begun.compareTo(toldUntil.plus(linger)) > 0);
    clear = gone && late;
  }
}
