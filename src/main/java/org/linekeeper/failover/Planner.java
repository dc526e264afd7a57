package org.linekeeper.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/** Turns decisions into plans with concrete steps. Pure. */
final class Planner {
  private Planner() {}

  /**
   * The plan that makes {@code to} serve instead of {@code from}.
   *
   * @param names what is known of records in the DNS, by {@link ServiceName#label()}
   */
  static Plan role(
      Picture picture,
      Plan.Kind kind,
      PbxId from,
      PbxId to,
      Map<String, NameRecords> names,
      String reason,
      String id) {
    Estate estate = picture.state().settings().orElseThrow().estate();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.SetGate(to, true));
    steps.addAll(Moving.address(picture, kind, from, to));
    steps.addAll(Origination.steps(picture.state(), estate, picture.carrier().rows(), to));
    steps.addAll(Moving.names(estate, names, from, to));
    steps.addAll(registrations(estate, to, true));
    steps.addAll(Moving.promoted(estate, to));
    steps.addAll(registrations(estate, from, false));
    steps.add(new Step.SetGate(from, false));
    return new Plan(
        id,
        picture.state().epoch().next(),
        kind,
        reason,
        picture.now(),
        Optional.of(from),
        Optional.of(to),
        steps);
  }

  /** The plan that carries out steps without changing which PBX serves. */
  static Plan redirect(Picture picture, List<Step> steps, String reason, String id) {
    return new Plan(
        id,
        picture.state().epoch(),
        Plan.Kind.REDIRECT,
        reason,
        picture.now(),
        Optional.empty(),
        Optional.empty(),
        steps);
  }

  /** Why a person cannot move to another PBX while both hosts are well; empty if they can. */
  static Optional<String> whyNoPlannedMove(State state) {
    return state.settings().stream()
        .flatMap(settings -> settings.estate().moving().address().stream())
        .filter(address -> !address.movesByHand())
        .findFirst()
        .map(
            address ->
                "the floating address cannot be moved while both hosts are well: write release and"
                    + " take under floating-address in linekeeper.yml");
  }

  private static List<Step> registrations(Estate estate, PbxId pbx, boolean up) {
    return estate.pbx(pbx).map(Pbx::registrations).orElse(List.of()).stream()
        .<Step>map(name -> new Step.RegisterTrunk(pbx, name, up))
        .toList();
  }
}
