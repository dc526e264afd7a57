package org.linekeeper.failover;

import java.util.Optional;
import java.util.stream.Collectors;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Lease;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/**
 * What people are told when a step around the PBXs fails, and what they can do. Of these only an
 * address that the other host has let go of is tried again ({@link AddressKeeper}).
 */
final class Mishaps implements Step.CasesOrElse<Optional<String>> {
  private final Outcome outcome;

  /** Where the watchers agree on whose the address is: nobody else must put it anywhere. */
  private final Optional<Lease> lease;

  private Mishaps(Outcome outcome, Optional<Lease> lease) {
    this.outcome = outcome;
    this.lease = lease;
  }

  static void ended(Core core, Step step, Outcome outcome) {
    boolean failed = !outcome.achieved() && outcome.kind() != Outcome.Kind.SUPERSEDED;
    if (failed) {
      step.on(new Mishaps(outcome, core.state().lease()))
          .ifPresent(words -> core.note(Weight.ALARM, words));
    }
  }

  @Override
  public Optional<String> holdAddress(Step.HoldAddress step) {
    String addresses = String.join(", ", step.addresses());
    if (!step.held()) {
      return Optional.of(
          step.pbx()
              + "'s host may still hold "
              + addresses
              + ": "
              + outcome.said()
              + ". Nobody else takes it. Look there with \"ip addr show dev "
              + step.device()
              + "\", and remove it with \"ip addr del\"");
    }
    if (lease.filter(Lease::boundElsewhere).isPresent()) {
      return Optional.of(notTaken(step, addresses)); // it waits for the other one
    }
    if (lease.isPresent()) {
      return Optional.of(
          notTaken(step, addresses)
              + ". Run \"linekeeper check\" there, and \"linekeeper switchover\" or \"failback\" if"
              + " the other PBX is well. Never add it by hand: two hosts may then have it");
    }
    String add =
        step.addresses().stream()
            .map(address -> "ip addr add " + address + " dev " + step.device())
            .collect(Collectors.joining("; "));
    return Optional.of(
        notTaken(step, addresses)
            + ". Make sure that the other host is off or has let go of it, then on this one: "
            + add);
  }

  private String notTaken(Step.HoldAddress step, String addresses) {
    return step.pbx()
        + "'s host did not take "
        + addresses
        + ", so callers who use it are not answered: "
        + outcome.said();
  }

  @Override
  public Optional<String> runCommand(Step.RunCommand step) {
    return switch (step.use()) {
      case FREE_ADDRESS -> Optional.empty(); // said with the address that was not taken
      case GIVE_ADDRESS ->
          Optional.of(
              step.pbx()
                  + "'s host may not have the floating address, so callers who use it may not be"
                  + " answered: "
                  + outcome.said()
                  + ". Look there with \"ip addr\", and add it by hand if nobody has it");
      case PROMOTED ->
          Optional.of("could not " + step.sentence() + ": " + outcome.said() + ". Calls go on");
    };
  }

  @Override
  public Optional<String> pointName(Step.PointName step) {
    return Optional.of(
        step.name()
            + " "
            + step.type()
            + " does not say "
            + step.want()
            + ", so whoever goes by it calls the other PBX: "
            + outcome.said());
  }

  @Override
  public Optional<String> orElse(Step step) {
    return Optional.empty();
  }
}
