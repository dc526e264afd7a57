package org.linekeeper.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/** Turns decisions into plans with concrete steps. Pure. */
final class Planner {
  private Planner() {}

  /** The plan that makes {@code to} serve instead of {@code from}. */
  static Plan role(
      Picture picture, Plan.Kind kind, PbxId from, PbxId to, String reason, String id) {
    Estate estate = picture.state().settings().orElseThrow().estate();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.SetGate(to, true));
    steps.addAll(Origination.steps(picture.state(), estate, picture.carrier().rows(), to));
    steps.addAll(registrations(estate, to, true));
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

  private static List<Step> registrations(Estate estate, PbxId pbx, boolean up) {
    return estate.pbx(pbx).map(Pbx::registrations).orElse(List.of()).stream()
        .<Step>map(name -> new Step.RegisterTrunk(pbx, name, up))
        .toList();
  }
}
