package org.linekeeper.actuator.program;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.linekeeper.actuator.HostCommands;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/**
 * The commands of linekeeper.yml. Each is told in its environment which PBX it is about and why:
 * {@code LINEKEEPER_PBX}, {@code _FROM}, {@code _TO}, {@code _EPOCH}, {@code _KIND}.
 */
public final class OfficeCommands implements HostCommands, AutoCloseable {
  private final Programs programs;
  private final Map<HostCommand, Spare> ready = new ConcurrentHashMap<>();

  /** By these means. */
  public OfficeCommands(Programs programs) {
    this.programs = programs;
  }

  /**
   * Keeps those started from now on for which callers would wait, and starts one that does nothing,
   * since the first start of a program is the slowest.
   */
  public void prepare(List<HostCommand> commands) {
    try (Spare first = programs.whenTold(List.of("true"))) {
      first.tell(Map.of(), HostCommand.DEADLINE);
    }
    commands.forEach(
        command -> ready.computeIfAbsent(command, ahead -> programs.whenTold(ahead.argv())));
  }

  @Override
  public CompletionStage<Outcome> run(Step.RunCommand step, Plan plan) {
    return next(step.ways(), environment(step, plan), "");
  }

  /**
   * @param before what those said that failed before; empty for the first
   */
  private CompletionStage<Outcome> next(
      List<HostCommand> ways, Map<String, String> environment, String before) {
    HostCommand way = ways.get(0);
    List<HostCommand> others = ways.subList(1, ways.size());
    Spare spare = ready.get(way);
    CompletableFuture<Ended> running =
        spare == null
            ? programs.run(way.argv(), environment, "", way.deadline())
            : spare.tell(environment, way.deadline());
    return running.thenCompose(
        ended -> {
          Outcome outcome = outcome(way, ended, before);
          return outcome.achieved() || others.isEmpty()
              ? CompletableFuture.completedFuture(outcome)
              : next(others, environment, outcome.said() + "; then ");
        });
  }

  private static Outcome outcome(HostCommand way, Ended ended, String before) {
    String line = ended.firstLine();
    String said = line.isEmpty() ? "" : ": " + line;
    if (ended.succeeded()) {
      return Outcome.applied(before + way.name() + " succeeded" + said);
    }
    if (!ended.started()) {
      return Outcome.rejected(before + way.name() + " " + line);
    }
    return ended.status().isPresent()
        ? Outcome.rejected(
            before + way.name() + " failed with status " + ended.status().getAsInt() + said)
        : Outcome.unknown(
            before
                + way.name()
                + " was ended, as it took longer than "
                + way.deadline().toMillis() / 1000.0
                + " s"
                + said);
  }

  private static Map<String, String> environment(Step.RunCommand step, Plan plan) {
    return Map.of(
        "LINEKEEPER_PBX", step.pbx().name(),
        "LINEKEEPER_FROM", plan.from().map(PbxId::name).orElse(""),
        "LINEKEEPER_TO", plan.to().map(PbxId::name).orElse(""),
        "LINEKEEPER_EPOCH", Long.toString(plan.epoch().number()),
        "LINEKEEPER_KIND", plan.kind().name().toLowerCase(Locale.ROOT));
  }

  /** Lets go of what is kept ready, without running it. */
  @Override
  public void close() {
    ready.values().forEach(Spare::close);
  }
}
