package org.linekeeper.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a command runs.
 *
 * @param env the environment's variables
 * @param in what is typed or piped in
 * @param out for what was asked for
 * @param err for what went wrong
 */
public record Surroundings(
    Map<String, String> env, InputStream in, PrintWriter out, PrintWriter err) {
  /** This process's own. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        System.in,
        new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8));
  }

  /** A variable's value; empty text if it is not set. */
  String variable(String name) {
    return env.getOrDefault(name, "").strip();
  }
}
