package org.linekeeper.failover;

import java.util.Optional;
import java.util.stream.Collectors;
import org.linekeeper.state.Entry.Noted.Weight;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/**
 * What people are told when a step around the PBXs fails, and what they can do. Of these only an
 * address that the other host has let go of is tried again ({@link AddressKeeper}).
 */
final class Mishaps implements Step.CasesOrElse<Optional<String>> {
  private final Outcome outcome;

  /** Whether the watchers agree on whose the address is: nobody else must put it anywhere. */
  private final boolean leased;

  private Mishaps(Outcome outcome, boolean leased) {
    this.outcome = outcome;
    this.leased = leased;
  }

  static void ended(Core core, Step step, Outcome outcome) {
    boolean failed = !outcome.achieved() && outcome.kind() != Outcome.Kind.SUPERSEDED;
    if (failed) {
      boolean leased = core.state().lease().isPresent();
      step.on(new Mishaps(outcome, leased)).ifPresent(words -> core.note(Weight.ALARM, words));
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
    if (leased) {
      return Optional.of(
          step.pbx()
              + "'s host did not take "
              + addresses
              + ", so callers who use it are not answered: "
              + outcome.said()
              + ". Run \"linekeeper check\" there, and \"linekeeper switchover\" or \"failback\" if"
              + " the other PBX is well. Never add it by hand: two hosts may then have it");
    }
    String add =
        step.addresses().stream()
            .map(address -> "ip addr add " + address + " dev " + step.device())
            .collect(Collectors.joining("; "));
    return Optional.of(
        step.pbx()
            + "'s host did not take "
            + addresses
            + ", so callers who use it are not answered: "
            + outcome.said()
            + ". Make sure that the other host is off or has let go of it, then on this one: "
            + add);
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
