package org.linekeeper;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.linekeeper.cli.Cli;
import org.linekeeper.cli.Surroundings;

/**
 * One run of the jar's command line in this process.
 *
 * @param exit what the process would end with
 */
public record Jar(int exit, String out, String err) {
  /** Runs it until it has ended by itself. */
  public static Jar run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Surroundings here =
        new Surroundings(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(err, true));
    int exit = Cli.run(here, new AllPrograms(here), arguments);
    return new Jar(exit, out.toString(), err.toString());
  }
}
