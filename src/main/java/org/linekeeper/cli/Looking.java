package org.linekeeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The commands that only look. */
final class Looking {
  private Looking() {}

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Say how the phones are, who serves, and what rings elsewhere.")
  static final class Status extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      JsonNode status = client.get("/api/status");
      if (printed(status, out)) {
        return Exit.OK;
      }
      out.line(status.path("sentence").asString(""));
      status.path("besides").forEach(more -> out.line("- " + more.asString()));
      status.path("troubles").forEach(more -> out.line("- " + more.asString()));
      status.path("notices").forEach(more -> out.line("- " + more.asString()));
      out.line("");
      out.table(pbxs(status));
      out.line("");
      out.line("Decision: " + status.path("decision").path("reason").asString("") + ".");
      out.line("Mode: " + mode(status));
      List<List<String>> away = rows(client.get("/api/numbers"), status.path("zone"), true);
      if (away.size() > 1) {
        out.line("");
        out.table(away);
      }
      return Exit.OK;
    }

    private static List<List<String>> pbxs(JsonNode status) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("PBX", "ROLE", "SERVES", "VERDICT", "SINCE", "EVIDENCE"));
      for (JsonNode pbx : status.path("pbxs")) {
        rows.add(
            List.of(
                Printer.text(pbx.path("id")),
                Printer.text(pbx.path("role")),
                pbx.path("active").asBoolean(false) ? "yes" : "no",
                Printer.text(pbx.path("verdict")),
                Printer.time(pbx.path("since"), status.path("zone")),
                Printer.text(pbx.path("evidence"))));
      }
      return rows;
    }

    private static String mode(JsonNode status) {
      JsonNode pause = status.path("pause");
      return Printer.text(status.path("mode"))
          + (pause.isObject()
              ? ", paused until " + Printer.time(pause.path("until"), status.path("zone"))
              : "")
          + ".";
    }
  }

  @Command(
      name = "numbers",
      mixinStandardHelpOptions = true,
      description = "List every number and where it rings.")
  static final class Numbers extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      JsonNode numbers = client.get("/api/numbers");
      if (!printed(numbers, out)) {
        out.table(rows(numbers, client.get("/api/status").path("zone"), false));
      }
      return Exit.OK;
    }
  }

  private static List<List<String>> rows(JsonNode numbers, JsonNode zone, boolean onlyAway) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NUMBER", "NAME", "RINGS", "UNTIL", "WHY"));
    for (JsonNode number : numbers) {
      boolean office = number.path("atOffice").asBoolean(true);
      boolean drifted = number.path("drift").isString();
      if (!onlyAway || !office || drifted) {
        rows.add(
            List.of(
                Printer.text(number.path("phone")),
                Printer.text(number.path("name")),
                office ? "office" : joined(number.path("people")),
                Printer.time(number.path("until"), zone),
                drifted ? Printer.text(number.path("drift")) : Printer.text(number.path("why"))));
      }
    }
    return rows;
  }

  private static String joined(JsonNode texts) {
    return StreamSupport.stream(texts.spliterator(), false)
        .map(JsonNode::asString)
        .collect(Collectors.joining(", "));
  }

  @Command(
      name = "why",
      mixinStandardHelpOptions = true,
      description = "Say where a number rings and everything that led to it.")
  static final class Why extends ClientCommand {
    @Parameters(
        arity = "1..*",
        paramLabel = "NUMBER",
        description = "such as 01632 960001, or the number's name")
    List<String> number = List.of();

    @Override
    int run(Client client, Printer out) {
      JsonNode why = client.get("/api/why/" + Client.segment(String.join(" ", number)));
      if (!printed(why, out)) {
        out.line(why.path("sentence").asString(""));
        why.path("reasons").forEach(reason -> out.line("- " + reason.asString()));
      }
      return Exit.OK;
    }
  }

  @Command(
      name = "journal",
      mixinStandardHelpOptions = true,
      description = "Show what was seen, decided and done, the newest last.")
  static final class Journal extends ClientCommand {
    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "20",
        description = "how many records, at most 500; ${DEFAULT-VALUE} as shipped")
    int most;

    @Option(names = "--before", paramLabel = "N", description = "records before that number")
    @Nullable Long before;

    @Override
    int run(Client client, Printer out) {
      JsonNode journal =
          client.get("/api/journal?most=" + most + (before == null ? "" : "&before=" + before));
      if (printed(journal, out)) {
        return Exit.OK;
      }
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode entry : journal.path("entries")) {
        rows.add(
            0,
            List.of(
                entry.path("number").asString(""),
                Printer.time(entry.path("at"), journal.path("zone")),
                Printer.text(entry.path("sentence"))));
      }
      out.table(rows);
      return Exit.OK;
    }
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Show what is being done, what is still missing, and what waits for somebody.")
  static final class Plan extends ClientCommand {
    @Override
    int run(Client client, Printer out) {
      JsonNode plan = client.get("/api/plan");
      if (printed(plan, out)) {
        return Exit.OK;
      }
      JsonNode waiting = plan.path("waiting");
      if (waiting.isObject()) {
        out.line(
            "Waits for "
                + Printer.text(waiting.path("confirm"))
                + " to "
                + Printer.text(waiting.path("intent"))
                + ": "
                + Printer.text(waiting.path("reason"))
                + ".");
      }
      plan.path("open").forEach(open -> print(open, out));
      plan.path("drifts")
          .propertyStream()
          .forEach(
              drift -> out.line("Drift: " + drift.getKey() + ": " + drift.getValue().asString()));
      plan.path("rowDrifts").forEach(drift -> out.line("Drift: " + drift.asString()));
      int missing = plan.path("missing").asInt(0);
      out.line(
          missing == 0
              ? "Everything at the carrier is as wanted."
              : missing + " changes at the carrier are still to be made.");
      return Exit.OK;
    }

    private static void print(JsonNode open, Printer out) {
      out.line(Printer.text(open.path("kind")) + ": " + Printer.text(open.path("reason")));
      for (JsonNode step : open.path("steps")) {
        String outcome = Printer.text(step.path("outcome"));
        out.line(
            "  "
                + (outcome.isEmpty() ? "under way" : outcome)
                + ": "
                + Printer.text(step.path("sentence")));
      }
    }
  }
}
