package org.linekeeper.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command line of the jar. */
public final class Cli {
  /** Every command, in the order in which help lists them. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("status", Looking.Status.class);
    COMMANDS.put("numbers", Looking.Numbers.class);
    COMMANDS.put("why", Looking.Why.class);
    COMMANDS.put("journal", Looking.Journal.class);
    COMMANDS.put("plan", Looking.Plan.class);
    COMMANDS.put("divert", Moving.Divert.class);
    COMMANDS.put("return", Moving.Return.class);
    COMMANDS.put("switchover", Operating.Switchover.class);
    COMMANDS.put("failback", Operating.Failback.class);
    COMMANDS.put("acknowledge", Operating.Acknowledge.class);
    COMMANDS.put("confirm", Operating.Confirm.class);
    COMMANDS.put("pause", Operating.Pause.class);
    COMMANDS.put("resume", Operating.Resume.class);
    COMMANDS.put("mode", Operating.Mode.class);
    COMMANDS.put("repair", Operating.Repair.class);
    COMMANDS.put("accept", Operating.Accept.class);
    COMMANDS.put("replace", Operating.Replace.class);
    COMMANDS.put("host-off", Operating.HostOff.class);
    COMMANDS.put("alone", Operating.Alone.class);
    COMMANDS.put("check", Starting.Check.class);
    COMMANDS.put("keys", Starting.Keys.class);
    COMMANDS.put("demo", Starting.Demo.class);
    COMMANDS.put("demo-carrier", Starting.DemoCarrier.class);
    COMMANDS.put("hash", Hash.class);
  }

  private Cli() {}

  /** Runs what the arguments ask for; returns the exit code of the process. */
  public static int run(Surroundings here, Programs programs, String... arguments) {
    CommandLine line = new CommandLine(new Root(here, programs));
    needed(List.of(arguments)).forEach(line::addSubcommand);
    return line.setOut(here.out())
        .setErr(here.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setExecutionExceptionHandler((fault, command, parsed) -> failed(fault, here.err()))
        .execute(arguments);
  }

  /** Describing all of them costs most of a second; whoever names one waits for that one only. */
  private static Map<String, Class<?>> needed(List<String> arguments) {
    Map<String, Class<?>> named = new LinkedHashMap<>(COMMANDS);
    named.keySet().retainAll(arguments);
    return named.isEmpty() ? COMMANDS : named;
  }

  private static int failed(Exception fault, PrintWriter err) throws Exception {
    if (fault instanceof Failure failure) {
      err.println(failure.getMessage());
      err.flush();
      return failure.exit();
    }
    throw fault;
  }
}
