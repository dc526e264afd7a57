package org.linekeeper.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;
import org.linekeeper.state.Step.RunCommand.Use;
import org.linekeeper.verdict.Verdict;

/**
 * The steps that move what stands around the PBXs: the floating address, names in the DNS, and what
 * the office runs itself. Pure.
 */
final class Moving {
  private Moving() {}

  /** First one host lets go, then the other takes ({@link Plan#first} keeps that order). */
  static List<Step> address(Picture picture, Plan.Kind kind, PbxId from, PbxId to) {
    Optional<FloatingAddress> address =
        picture.state().settings().flatMap(s -> s.estate().moving().address());
    Optional<Step.HoldAddress> held = picture.state().held().filter(h -> h.pbx().equals(from));
    if (address.isEmpty()) {
      // No longer in the settings, but still held: it must not stay behind.
      return held.<Step>map(Step.HoldAddress::givenUp).stream().toList();
    }
    FloatingAddress floating = address.get();
    if (floating.leased()) {
      return List.of(hold(floating, to));
    }
    List<Step> steps = new ArrayList<>();
    if (floating.borrower().equals(to)) {
      List<HostCommand> ways = letGo(picture, kind, floating, from);
      if (!fencedEarlier(picture.state(), from, to) && !ways.isEmpty()) {
        steps.add(new Step.RunCommand(from, Use.FREE_ADDRESS, ways));
      }
      steps.add(hold(floating, true));
    } else if (floating.borrower().equals(from)) {
      // What was taken, and not what the settings name by now.
      steps.add(held.<Step>map(Step.HoldAddress::givenUp).orElseGet(() -> hold(floating, false)));
      floating
          .take()
          .ifPresent(take -> steps.add(new Step.RunCommand(to, Use.GIVE_ADDRESS, List.of(take))));
    }
    return steps;
  }

  /**
   * When this watcher's host holds the address already, the other one let go of it earlier and is
   * not fenced again: somebody may be repairing it. Not so if that one has served since, since then
   * somebody may have given it the address: what the journal says of ours is stale.
   */
  private static boolean fencedEarlier(State state, PbxId from, PbxId to) {
    return state.held().filter(held -> held.pbx().equals(to)).isPresent()
        && state.active().filter(from::equals).isEmpty();
  }

  /**
   * A host that still answers is asked first, which is quick and kills nothing; one that may hang
   * is not waited for. In a planned move nobody is switched off.
   */
  private static List<HostCommand> letGo(
      Picture picture, Plan.Kind kind, FloatingAddress floating, PbxId from) {
    if (kind.planned()) {
      return floating.release().stream().toList();
    }
    return picture.verdict(from).map(Verdict::kind).filter(Moving::hostAnswers).isPresent()
        ? floating.freeing()
        : floating.fence().stream().toList();
  }

  /**
   * What a person must do for the floating address to come along, since there is no way to give it
   * to the other host; empty if it does by itself, or it is not held here.
   */
  static Optional<String> byHand(Picture picture, PbxId from, PbxId to) {
    return picture
        .state()
        .settings()
        .flatMap(settings -> settings.estate().moving().address())
        .filter(address -> !address.leased())
        .filter(address -> address.borrower().equals(from) && address.take().isEmpty())
        .filter(address -> picture.state().held().isPresent())
        .map(
            address ->
                "no take is set under floating-address, so nobody gives "
                    + to
                    + "'s host the address: once "
                    + from
                    + "'s host has let go of it, say there "
                    + address.addresses().stream()
                        .map(each -> "ip addr add " + each + " dev " + address.device())
                        .collect(Collectors.joining("; ")));
  }

  private static boolean hostAnswers(Verdict.Kind kind) {
    return switch (kind) {
      case PROCESS_GONE, SIP_DEAD, SHUTTING_DOWN, CANNOT_TAKE_CALLS, TRUNK_DOWN -> true;
      case NO_AUDIO_FOR_CALLERS, NO_AUDIO, CARRIER_CALLS_FAIL, HEALTHY, DEGRADED -> true;
      case REFUSES_CONNECTIONS, HUNG, HOST_UNREACHABLE, WATCHER_PATH_LOST, INCONCLUSIVE -> false;
    };
  }

  /** By the lease: whoever has it lets go, or has lost it by the time that it is taken. */
  private static Step hold(FloatingAddress floating, PbxId pbx) {
    return new Step.HoldAddress(
        pbx, floating.addresses(), floating.device(), floating.tenure(), true);
  }

  private static Step hold(FloatingAddress floating, boolean held) {
    return new Step.HoldAddress(
        floating.borrower(), floating.addresses(), floating.device(), floating.tenure(), held);
  }

  /**
   * @param known what was read of each name lately; of one that was not, it is taken to say what it
   *     should, and the server refuses the change if it does not
   */
  static List<Step> names(Estate estate, Map<String, NameRecords> known, PbxId from, PbxId to) {
    return estate.moving().names().stream()
        .filter(name -> !name.of(to).isEmpty())
        .<Step>map(name -> point(name, known, from, to))
        .toList();
  }

  private static Step point(
      ServiceName name, Map<String, NameRecords> known, PbxId from, PbxId to) {
    NameRecords before =
        known.getOrDefault(name.label(), new NameRecords(name.ttl(), name.of(from)));
    NameRecords want = new NameRecords(name.ttl(), name.of(to));
    return new Step.PointName(name.zone(), name.name(), name.type(), before, want);
  }

  static List<Step> promoted(Estate estate, PbxId to) {
    return estate.moving().onPromote().getOrDefault(to, List.of()).stream()
        .<Step>map(command -> new Step.RunCommand(to, Use.PROMOTED, List.of(command)))
        .toList();
  }
}
