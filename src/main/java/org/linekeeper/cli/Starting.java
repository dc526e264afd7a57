package org.linekeeper.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The other programs that the jar can be. */
final class Starting {
  private Starting() {}

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Look before leaping: settings, PBXs, carrier; each with what to do.")
  static final class Check implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @ParentCommand
    Root root;

    @Option(names = "--config", paramLabel = "DIR", description = "directory of the settings files")
    @Nullable Path config;

    @Option(
        names = "--live",
        paramLabel = "NUMBER",
        description = "also try what is unverified on this spare number of the real account")
    @Nullable String live;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Override
    public Integer call() {
      Path directory = config == null ? root.config() : config;
      return root.programs().check(directory, Optional.ofNullable(live), json);
    }
  }

  @Command(
      name = "demo",
      mixinStandardHelpOptions = true,
      description = "Be a demo office: two simulated PBXs, a simulated carrier, and Linekeeper.")
  static final class Demo implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @ParentCommand
    Root root;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "8080",
        description = "of the page; ${DEFAULT-VALUE} as shipped")
    int port;

    @Override
    public Integer call() {
      return root.programs().demo(port);
    }
  }

  @Command(
      name = "demo-carrier",
      mixinStandardHelpOptions = true,
      description = "Be the simulated carrier alone.")
  static final class DemoCarrier implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @ParentCommand
    Root root;

    @Option(
        names = "--port",
        paramLabel = "PORT",
        defaultValue = "8089",
        description = "of its API; ${DEFAULT-VALUE} as shipped")
    int port;

    @Override
    public Integer call() {
      return root.programs().demoCarrier(port);
    }
  }
}
