package org.linekeeper.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the jar can be besides a client. Each returns the exit code of the process. */
public interface Programs {
  /** Is the service, until the process is told to end. */
  int serve(Path config);

  /**
   * Looks before leaping.
   *
   * @param live a spare number of the real account on which to try what is unverified
   * @param json whether to print JSON
   */
  int check(Path config, Optional<String> live, boolean json);

  /**
   * Makes the keys with which several watchers know each other, as far as they are not there yet.
   *
   * @param hosts by the watcher's name, where the others reach it
   */
  int keys(Path directory, Map<String, String> hosts);

  /**
   * Is the demo office, until the process is told to end.
   *
   * @param three whether three watchers look after it, rather than one
   */
  int demo(int port, boolean three);

  /** Is the simulated carrier alone, until the process is told to end. */
  int demoCarrier(int port);
}
