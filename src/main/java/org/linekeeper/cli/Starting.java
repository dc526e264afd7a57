package org.linekeeper.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
      name = "keys",
      mixinStandardHelpOptions = true,
      description = "Make the keys with which three watchers know each other.",
      footer = {
        "",
        "Give each watcher its own .pem and .key, and authority.pem. Keep the rest, authority.p12 and",
        "authority.secret, where no watcher is: whoever has them can make a watcher. With them the same",
        "command makes the keys of a watcher that is added or replaced."
      })
  static final class Keys implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @ParentCommand
    Root root;

    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @Option(
        names = "--out",
        paramLabel = "DIR",
        required = true,
        description = "where they are kept; made if it is not there")
    Path out;

    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @Parameters(
        arity = "1..*",
        paramLabel = "NAME=HOST",
        description =
            "each watcher and where the others reach it, as under watchers in linekeeper.yml")
    Map<String, String> hosts;

    @Override
    public Integer call() {
      return root.programs().keys(out, hosts);
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

    @Option(
        names = "--three",
        description = "with three watchers, and links between them and the rest to be cut")
    boolean three;

    @Override
    public Integer call() {
      return root.programs().demo(port, three);
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
