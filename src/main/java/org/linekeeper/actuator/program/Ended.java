package org.linekeeper.actuator.program;

import java.util.OptionalInt;

/**
 * How a program ended.
 *
 * @param status its exit status; empty if it was ended at its deadline or could not be started
 * @param started whether it ran at all
 * @param output the beginning of what it printed, on either stream
 */
public record Ended(OptionalInt status, boolean started, String output) {
  private static final int LONGEST_LINE = 200;

  /** Whether it says that it has done what it is for. */
  public boolean succeeded() {
    return status.isPresent() && status.getAsInt() == 0;
  }

  /** Why it did not do what it is for, in a few words. */
  public String why() {
    String line = firstLine();
    if (!line.isEmpty()) {
      return line;
    }
    return status.isPresent()
        ? "it ended with status " + status.getAsInt() + " and said nothing"
        : "it did not end in time";
  }

  /** The first line that says something, without what a terminal or a journal would stumble on. */
  public String firstLine() {
    String line =
        output
            .lines()
            .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
  }
}
