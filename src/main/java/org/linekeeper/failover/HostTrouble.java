package org.linekeeper.failover;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.actuator.AddressHost;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Entry.Noted.Weight;

/**
 * Tells people that this watcher's own host cannot take the floating address, whichever watcher
 * leads: once, until it can. A host that is not to have it is looked at as well, since it may be
 * the next. Runs on the control thread.
 */
final class HostTrouble {
  /** Rules that somebody flushed are put back sooner. */
  private static final Duration LASTING = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofSeconds(30);

  /** More different reasons in one spell than anybody wants to hear of. */
  private static final int MOST_REASONS = 3;

  private final Core core;
  private final AddressHost host;
  private final Set<String> told = new HashSet<>();
  private Duration looked = LOOK.negated();
  private Optional<Duration> since = Optional.empty();
  private Optional<String> sentence = Optional.empty();

  HostTrouble(Core core, AddressHost host) {
    this.core = core;
    this.host = host;
  }

  /** What people should know of it; empty while all is well, or has not been for a moment only. */
  Optional<String> sentence() {
    return sentence;
  }

  /**
   * @param here the PBX on this host
   * @param ours whether this host is to have the address now, so that taking it shows whether it
   *     can
   */
  void turn(PbxId here, FloatingAddress address, boolean ours, Duration now) {
    if (!ours && now.minus(looked).compareTo(LOOK) >= 0) {
      looked = now;
      host.look(address.addresses(), address.device());
    }
    String why = host.trouble();
    if (why.isEmpty()) {
      well(here);
      return;
    }
    Duration from = since.orElse(now);
    since = Optional.of(from);
    if (now.minus(from).compareTo(LASTING) >= 0) {
      String words = words(here, address, ours, why);
      sentence = Optional.of(words);
      if (told.size() < MOST_REASONS && told.add(why)) {
        core.note(Weight.ALARM, words);
      }
    }
  }

  private void well(PbxId here) {
    since = Optional.empty();
    sentence = Optional.empty();
    if (!told.isEmpty()) {
      told.clear();
      core.note(Weight.INFO, here + "'s host can take the floating address again");
    }
  }

  private static String words(PbxId here, FloatingAddress address, boolean ours, String why) {
    return here
        + "'s host cannot take the floating address "
        + String.join(", ", address.addresses())
        + ": "
        + why.replaceFirst("\\.$", "")
        + (ours
            ? ". While that is so, callers who use it are not answered by " + here
            : ". Should " + here + " have to take over, callers who use it would not be answered")
        + ". Run \"linekeeper check\" on that host";
  }
}
