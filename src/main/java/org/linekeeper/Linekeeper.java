package org.linekeeper;

import org.linekeeper.cli.Cli;
import org.linekeeper.cli.Surroundings;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Where the jar starts. */
public final class Linekeeper {
  private Linekeeper() {}

  /** Runs what the arguments ask for, and ends with its exit code. */
  public static void main(String[] arguments) {
    // Read once by the JDK, at the first HTTP client of the process: a connection to the carrier
    // that
    // has been idle for longer is not used again.
    System.setProperty("jdk.httpclient.keepalive.timeout", "30");
    // logback.xml is all: Spring would reset the logging of a service that already runs.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    Surroundings here = Surroundings.ofProcess();
    int exit = Cli.run(here, new AllPrograms(here), arguments);
    here.out().flush();
    here.err().flush();
    System.exit(exit);
  }
}
