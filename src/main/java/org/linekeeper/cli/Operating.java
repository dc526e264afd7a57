package org.linekeeper.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that operate the PBXs and Linekeeper itself. */
final class Operating {
  private Operating() {}

  @Command(
      name = "switchover",
      mixinStandardHelpOptions = true,
      description = "Let the other PBX serve, while both are healthy.")
  static final class Switchover extends ClientCommand {
    @Parameters(arity = "0..1", paramLabel = "PBX", description = "which one; else the other one")
    @Nullable String to;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "SWITCH" + (to == null ? "" : " TO " + to));
    }
  }

  @Command(
      name = "failback",
      mixinStandardHelpOptions = true,
      description = "Let the primary serve again.")
  static final class Failback extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "FAILBACK");
    }
  }

  @Command(
      name = "acknowledge",
      aliases = "ack",
      mixinStandardHelpOptions = true,
      description = "Take note of the latest failover, so that another may follow by itself.")
  static final class Acknowledge extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "ACKNOWLEDGE");
    }
  }

  @Command(
      name = "confirm",
      mixinStandardHelpOptions = true,
      description =
          "Go ahead with what waits for a person: a failover, all numbers to mobiles or back to the"
              + " office, or an edit of the files. \"plan\" and the page show what waits.")
  static final class Confirm extends ClientCommand {
    @Parameters(
        arity = "0..*",
        paramLabel = "WHAT",
        description = "failover, mobiles, office or edit; may be left out if only one thing waits")
    List<String> what = List.of();

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, ("CONFIRM " + String.join(" ", what)).strip());
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Start nothing by itself for a time, an hour if none is given.")
  static final class Pause extends ClientCommand {
    @ArgGroup Moving.@Nullable End end;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "PAUSE" + Moving.End.words(end));
    }
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "End a pause.")
  static final class Resume extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "RESUME");
    }
  }

  @Command(
      name = "mode",
      mixinStandardHelpOptions = true,
      description = "Set what Linekeeper may do by itself.")
  static final class Mode extends ClientCommand {
    /** The modes, as the service knows them. */
    enum Name {
      AUTOMATIC,
      MANUAL,
      OBSERVE
    }

    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @Parameters(
        paramLabel = "MODE",
        description = "automatic: decides and acts; manual: asks a person; observe: only says")
    Name mode;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "MODE " + mode.name().toLowerCase(Locale.ROOT));
    }
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description =
          "Take a watcher in whose journal was lost, once it runs with an empty journal directory.")
  static final class Replace extends ClientCommand {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @Parameters(paramLabel = "WATCHER", description = "its name, such as watcher-2")
    String watcher;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "REPLACE " + watcher);
    }
  }

  @Command(
      name = "host-off",
      mixinStandardHelpOptions = true,
      description =
          "Say that a PBX's host is off, where it keeps the floating address until it is known to have"
              + " let go: then the other host takes it. Make sure first; if it is on, both have it.")
  static final class HostOff extends ClientCommand {
    @SuppressWarnings("NullAway.Init") // picocli sets it before the call
    @Parameters(paramLabel = "PBX", description = "its name, such as primary")
    String pbx;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "HOST-OFF " + pbx);
    }
  }

  @Command(
      name = "alone",
      mixinStandardHelpOptions = true,
      description =
          "Have this watcher go on without the other two, when both are lost. First says what is so"
              + " and what the risk is; docs/WATCHERS.md, \"When two are lost\".")
  static final class Alone extends ClientCommand {
    @Option(
        names = "--others-are-off",
        description = "you have made sure of it: if they live, both sides move numbers and PBXs")
    boolean othersAreOff;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "ALONE" + (othersAreOff ? " OTHERS-ARE-OFF" : ""));
    }
  }

  @Command(
      name = "repair",
      mixinStandardHelpOptions = true,
      description =
          "Put a number that somebody else changed at the carrier back to what is wanted.")
  static final class Repair extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "NUMBER", description = "such as 01632 960001")
    List<String> number = List.of();

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "REPAIR " + String.join(" ", number));
    }
  }

  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      description = "Leave a number as somebody else made it at the carrier.")
  static final class Accept extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "NUMBER", description = "such as 01632 960001")
    List<String> number = List.of();

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "ACCEPT " + String.join(" ", number));
    }
  }
}
