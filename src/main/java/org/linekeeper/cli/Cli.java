package org.linekeeper.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The command line of the jar. */
public final class Cli {
  private Cli() {}

  /** Runs what the arguments ask for; returns the exit code of the process. */
  public static int run(Surroundings here, Programs programs, String... arguments) {
    return new CommandLine(new Root(here, programs))
        .setOut(here.out())
        .setErr(here.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setExecutionExceptionHandler((fault, command, parsed) -> failed(fault, here.err()))
        .execute(arguments);
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
