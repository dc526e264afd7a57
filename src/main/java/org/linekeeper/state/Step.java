package org.linekeeper.state;

import java.util.List;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;

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

  /** Whether it registers a PBX with a provider, so that it takes the provider's answer. */
  default boolean registers() {
    return false;
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
  }
}
