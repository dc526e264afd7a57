package org.linekeeper.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that move numbers. */
final class Moving {
  private static final String WHAT = "ALL, a group, a site, a number or a number's name";

  private Moving() {}

  /** When it ends; one or the other. */
  static final class End {
    @Option(names = "--for", paramLabel = "TIME", description = "such as 2h, 90m, 3d")
    @Nullable String lasting;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "such as 17:30, \"mon 08:30\", \"2026-12-27 08:30\"")
    @Nullable String until;

    static String words(@Nullable End end) {
      if (end == null) {
        return "";
      }
      return end.lasting == null ? " UNTIL " + end.until : " FOR " + end.lasting;
    }
  }

  @Command(
      name = "divert",
      mixinStandardHelpOptions = true,
      description = "Ring numbers on mobiles.")
  static final class Divert extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "WHAT", description = WHAT)
    List<String> what = List.of();

    @Option(
        names = "--to",
        paramLabel = "WHOM",
        description = "staff or numbers, \"alice and bob\"; else those listed for each number")
    @Nullable String to;

    @ArgGroup @Nullable End end;

    @Override
    int run(Client client, Printer out) {
      String whom = to == null ? "" : " TO " + to;
      return ask(client, out, "DIVERT " + String.join(" ", what) + whom + End.words(end));
    }
  }

  @Command(
      name = "return",
      mixinStandardHelpOptions = true,
      description = "Ring numbers at the office again.")
  static final class Return extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "WHAT", description = WHAT)
    List<String> what = List.of();

    @Option(
        names = "--anyway",
        description = "also while no PBX can serve, when they would ring nowhere")
    boolean anyway;

    @Override
    int run(Client client, Printer out) {
      return ask(client, out, "RETURN " + String.join(" ", what) + (anyway ? " ANYWAY" : ""));
    }
  }
}
