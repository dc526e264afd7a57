package org.linekeeper.actuator;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;

/**
 * What can be done to a PBX. Nothing here blocks; every call has a deadline of its own and
 * completes with an outcome, never exceptionally.
 */
public interface PbxControl {
  /** Lets the carrier's calls in, and reads that back. */
  CompletionStage<Outcome> openGate(PbxId pbx, Epoch epoch);

  /**
   * Turns the carrier's calls away with SIP 503, and reads that back.
   *
   * @param lease after this long the gate opens by itself, by the PBX's own clock
   * @param still asked just before it is closed, from any thread: if it says no, nothing is done
   */
  CompletionStage<Outcome> closeGate(PbxId pbx, Duration lease, Epoch epoch, BooleanSupplier still);

  /**
   * Registers with a provider whose trunks register, or takes the registration away, and reads that
   * back; rejected with the reason if the provider refuses.
   */
  CompletionStage<Outcome> register(PbxId pbx, String registration, boolean up);

  /** Looks whether the PBX is registered, and only then takes that away. */
  CompletionStage<Outcome> stayUnregistered(PbxId pbx, String registration);

  /**
   * Why the PBX must not be switched away from right now, such as a live emergency call; applied if
   * nothing stands against it, with a sentence if that could not be looked at.
   */
  CompletionStage<Outcome> readyToLeave(PbxId pbx);
}
