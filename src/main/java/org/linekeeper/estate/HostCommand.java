package org.linekeeper.estate;

import java.time.Duration;
import java.util.List;

/**
 * A program of the office's own that Linekeeper may run, such as one that switches a socket off.
 *
 * @param name what people call it
 * @param argv the program and its arguments, given to it as they stand: there is no shell. They are
 *     in the journal and on the page, so there is no secret among them
 * @param deadline it is ended, with its children, when it has not ended by then
 */
public record HostCommand(String name, List<String> argv, Duration deadline) {
  /** As shipped: a power controller takes seconds to answer. */
  public static final Duration DEADLINE = Duration.ofSeconds(5);

  /** Copies its list. */
  public HostCommand {
    argv = List.copyOf(argv);
  }

  @Override
  public String toString() {
    return name;
  }
}
