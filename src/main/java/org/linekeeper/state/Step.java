package org.linekeeper.state;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.ServiceName;

/**
 * One thing to be done to the world, with everything needed to do, finish or undo it: any watcher
 * can carry it out from the journal alone.
 */
public sealed interface Step {
  /** What it does, in one sentence for people. */
  String sentence();

  /** Calls the case for this kind of step. */
  <R> R on(Cases<R> cases);

  /** Whether callers are no longer answered at the PBX to which it is done. */
  default boolean takesAway() {
    return false;
  }

  /** Whether a PBX turns the carrier's calls away from then on. */
  default boolean closesGate() {
    return false;
  }

  /** Whether it is done at the carrier: to a number, or to the order of the PBXs. */
  default boolean atCarrier() {
    return false;
  }

  /** Whether it registers a PBX with a provider, so that it takes the provider's answer. */
  default boolean registers() {
    return false;
  }

  /** Whether it makes sure that a host does not hold the floating address any more. */
  default boolean frees() {
    return false;
  }

  /** Whether it makes a host hold the floating address: never before the other one let go. */
  default boolean occupies() {
    return false;
  }

  /** Whether a planned move cannot be finished without it. */
  default boolean essential() {
    return registers() || frees() || occupies();
  }

  /** The floating address that this watcher's host holds once the step has been achieved. */
  default Optional<HoldAddress> heldAfter(Optional<HoldAddress> before) {
    return before;
  }

  /** One case for each kind of step. */
  interface Cases<R> {
    /** For {@link SetGate}. */
    R setGate(SetGate step);

    /** For {@link MoveOrigination}. */
    R moveOrigination(MoveOrigination step);

    /** For {@link RegisterTrunk}. */
    R registerTrunk(RegisterTrunk step);

    /** For {@link RouteNumber}. */
    R routeNumber(RouteNumber step);

    /** For {@link RunCommand}. */
    R runCommand(RunCommand step);

    /** For {@link HoldAddress}. */
    R holdAddress(HoldAddress step);

    /** For {@link PointName}. */
    R pointName(PointName step);
  }

  /** For those to whom only some kinds of step matter. */
  interface CasesOrElse<R> extends Cases<R> {
    /** For every kind of step that has no case of its own. */
    R orElse(Step step);

    @Override
    default R setGate(SetGate step) {
      return orElse(step);
    }

    @Override
    default R moveOrigination(MoveOrigination step) {
      return orElse(step);
    }

    @Override
    default R registerTrunk(RegisterTrunk step) {
      return orElse(step);
    }

    @Override
    default R routeNumber(RouteNumber step) {
      return orElse(step);
    }

    @Override
    default R runCommand(RunCommand step) {
      return orElse(step);
    }

    @Override
    default R holdAddress(HoldAddress step) {
      return orElse(step);
    }

    @Override
    default R pointName(PointName step) {
      return orElse(step);
    }
  }

  /**
   * Opens or closes a PBX's role gate for calls from the carrier.
   *
   * @param pbx whose gate
   * @param open whether the carrier's calls are to be taken
   */
  record SetGate(PbxId pbx, boolean open) implements Step {
    @Override
    public String sentence() {
      return (open ? "let the carrier's calls in at " : "turn the carrier's calls away at ") + pbx;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.setGate(this);
    }

    @Override
    public boolean takesAway() {
      return !open;
    }

    @Override
    public boolean closesGate() {
      return !open;
    }
  }

  /**
   * Changes the order in which the carrier tries the PBXs.
   *
   * @param trunk the trunk's SID
   * @param before the row as it was
   * @param want the row as it is to be
   */
  record MoveOrigination(String trunk, OriginationUrl before, OriginationUrl want) implements Step {
    @Override
    public String sentence() {
      return "give "
          + want.sipUrl()
          + " priority "
          + want.priority()
          + " at the carrier (was "
          + before.priority()
          + ")";
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.moveOrigination(this);
    }

    @Override
    public boolean atCarrier() {
      return true;
    }
  }

  /**
   * Registers a PBX with a provider whose trunks register, or takes the registration away.
   *
   * @param pbx the PBX that registers
   * @param registration name of the registration in its pjsip.conf
   * @param up whether it is to be registered
   */
  record RegisterTrunk(PbxId pbx, String registration, boolean up) implements Step {
    @Override
    public String sentence() {
      return (up ? "register " : "unregister ") + registration + " at " + pbx;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.registerTrunk(this);
    }

    @Override
    public boolean takesAway() {
      return !up;
    }

    @Override
    public boolean registers() {
      return up;
    }
  }

  /**
   * Changes where the carrier sends calls to one office number.
   *
   * @param number the number
   * @param sid the carrier's name for it, such as {@code PN0123…}
   * @param before every writable field as it was before the step
   * @param want every writable field as it is to be
   * @param rings the mobiles that ring; empty when the number goes back to the office
   */
  record RouteNumber(
      PhoneNumber number, String sid, NumberImage before, NumberImage want, List<PhoneNumber> rings)
      implements Step {
    /** Copies its list. */
    public RouteNumber {
      rings = List.copyOf(rings);
    }

    @Override
    public String sentence() {
      return rings.isEmpty()
          ? "put " + number + " back as it was"
          : "ring "
              + String.join(", ", rings.stream().map(PhoneNumber::e164).toList())
              + " for "
              + number;
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.routeNumber(this);
    }

    @Override
    public boolean atCarrier() {
      return true;
    }
  }

  /**
   * Runs a program of the office's own.
   *
   * @param pbx the PBX it is about
   * @param use what it is run for
   * @param ways the program; if it fails the next one, until one succeeds
   */
  record RunCommand(PbxId pbx, Use use, List<HostCommand> ways) implements Step {
    /** What a program is run for. */
    public enum Use {
      /** Makes sure that the PBX's host does not hold the floating address. */
      FREE_ADDRESS,
      /** Gives the floating address to the PBX's host. */
      GIVE_ADDRESS,
      /** What the office wants to be run when the PBX begins to serve. */
      PROMOTED
    }

    /** Copies its list. */
    public RunCommand {
      ways = List.copyOf(ways);
    }

    @Override
    public String sentence() {
      String names = ways.stream().map(HostCommand::name).collect(Collectors.joining(", else "));
      return switch (use) {
        case FREE_ADDRESS -> "make " + pbx + "'s host let go of the floating address: " + names;
        case GIVE_ADDRESS -> "give the floating address to " + pbx + "'s host: " + names;
        case PROMOTED -> "run " + names + " for " + pbx;
      };
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.runCommand(this);
    }

    @Override
    public boolean frees() {
      return use == Use.FREE_ADDRESS;
    }

    @Override
    public boolean occupies() {
      return use == Use.GIVE_ADDRESS;
    }
  }

  /**
   * Takes the floating address on this watcher's host, or gives it up.
   *
   * @param pbx the PBX on that host
   * @param addresses each with the length of its prefix
   * @param device the interface
   * @param tenure the kernel drops the addresses so long after they were last renewed
   * @param held whether they are to be held
   */
  record HoldAddress(
      PbxId pbx, List<String> addresses, String device, Duration tenure, boolean held)
      implements Step {
    /** Copies its list. */
    public HoldAddress {
      addresses = List.copyOf(addresses);
    }

    @Override
    public String sentence() {
      return (held ? "take " : "give up ")
          + String.join(", ", addresses)
          + " at "
          + pbx
          + "'s host";
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.holdAddress(this);
    }

    /** The same addresses, to be held no more. */
    public HoldAddress givenUp() {
      return new HoldAddress(pbx, addresses, device, tenure, false);
    }

    @Override
    public boolean frees() {
      return !held;
    }

    @Override
    public boolean occupies() {
      return held;
    }

    @Override
    public Optional<HoldAddress> heldAfter(Optional<HoldAddress> before) {
      return Optional.of(this).filter(HoldAddress::held);
    }
  }

  /**
   * Makes a name in the DNS say another PBX.
   *
   * @param zone the zone it is in
   * @param name the full name
   * @param type what sort of record it is
   * @param before how it was; others have changed it if it is neither this nor as wanted
   * @param want how it is to be
   */
  record PointName(
      String zone, String name, ServiceName.Type type, NameRecords before, NameRecords want)
      implements Step {
    @Override
    public String sentence() {
      return "make " + name + " " + type + " say " + want + " (was " + before + ")";
    }

    @Override
    public <R> R on(Cases<R> cases) {
      return cases.pointName(this);
    }
  }
}
