package org.linekeeper.demo.pbx;

import static org.linekeeper.demo.pbx.AmiClass.CALL;
import static org.linekeeper.demo.pbx.AmiClass.REPORTING;
import static org.linekeeper.demo.pbx.AmiClass.SYSTEM;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables and the AstDB. */
final class VariableActions {
  private static final Pattern FUNCTION = Pattern.compile("([A-Z_]+)\\((.*)\\)");

  private final PbxMemory memory;

  VariableActions(PbxMemory memory) {
    this.memory = memory;
  }

  List<AmiAction> all() {
    Set<AmiClass> looking = EnumSet.of(SYSTEM, REPORTING);
    return List.of(
        new AmiAction(
            "Setvar", "Sets a channel variable or function value.", EnumSet.of(CALL), this::setvar),
        new AmiAction(
            "Getvar",
            "Gets a channel variable or function value.",
            EnumSet.of(CALL, REPORTING),
            this::getvar),
        new AmiAction("DBPut", "Put DB entry.", EnumSet.of(SYSTEM), this::dbPut),
        new AmiAction("DBDel", "Delete DB entry.", EnumSet.of(SYSTEM), this::dbDel),
        new AmiAction("DBGet", "Get DB Entry.", looking, this::dbGet));
  }

  private void setvar(AmiSession session, AmiRequest request) {
    String name = request.get("Variable");
    String channel = request.get("Channel");
    if (name.isEmpty()) {
      session.send(AmiText.error(request, "No variable specified"));
    } else if (channel.isEmpty()) {
      boolean set = memory.setGlobal(name, request.get("Value"));
      session.send(
          set
              ? AmiText.success(request, "Variable Set")
              : AmiText.error(request, "Variable not set"));
    } else {
      onChannel(session, request, channel);
    }
  }

  private void onChannel(AmiSession session, AmiRequest request, String name) {
    PbxChannel channel = memory.channels().get(name);
    if (channel == null) {
      session.send(AmiText.error(request, "No such channel"));
      return;
    }
    session.send(AmiText.success(request, "Variable Set"));
    CompletableFuture<String> reply = channel.reply();
    if (reply != null && request.get("Variable").equals("LK_REPLY")) {
      reply.complete(request.get("Value"));
    }
  }

  private void getvar(AmiSession session, AmiRequest request) {
    String name = request.get("Variable");
    String channel = request.get("Channel");
    if (name.isEmpty()) {
      session.send(AmiText.error(request, "No variable specified"));
    } else if (!channel.isEmpty() && !memory.channels().containsKey(channel)) {
      session.send(AmiText.error(request, "No such channel"));
    } else {
      String lines = "Variable: " + name + "\r\nValue: " + value(name) + "\r\n";
      session.send(AmiText.response("Success", request, lines));
    }
  }

  private String value(String name) {
    if (name.equals("EPOCH")) {
      return Long.toString(memory.now().getEpochSecond());
    }
    Matcher function = FUNCTION.matcher(name);
    if (!function.matches()) {
      return memory.global(name);
    }
    String argument = function.group(2);
    return switch (function.group(1)) {
      case "GLOBAL" -> memory.global(argument);
      case "DB" -> memory.astDb().getOrDefault("/" + argument, "");
      case "DIALPLAN_EXISTS" -> dialplanExists(argument) ? "1" : "0";
      default -> "";
    };
  }

  private boolean dialplanExists(String place) {
    if (memory.dialplanBroken()) {
      return false;
    }
    String context = memory.settings().context();
    String[] parts = place.split(",");
    String exten = parts.length > 1 ? parts[1] : "";
    return switch (parts[0]) {
      case "linekeeper-gate", "linekeeper-canary", "linekeeper-command" ->
          exten.isEmpty() || exten.equals("s");
      case "linekeeper-features" -> exten.isEmpty() || exten.matches("\\*54[01]\\d");
      default ->
          parts[0].equals(context) && (exten.isEmpty() || exten.matches("lk-canary|\\+?\\d+"));
    };
  }

  private void dbPut(AmiSession session, AmiRequest request) {
    if (keyMissing(session, request, "")) {
      return;
    }
    boolean put = memory.dbPut(request.get("Family"), request.get("Key"), request.get("Val"));
    session.send(
        put
            ? AmiText.success(request, "Updated database successfully")
            : AmiText.error(request, "Failed to update entry"));
  }

  private void dbDel(AmiSession session, AmiRequest request) {
    if (keyMissing(session, request, ".")) {
      return;
    }
    String path = "/" + request.get("Family") + "/" + request.get("Key");
    session.send(
        memory.astDb().remove(path) == null
            ? AmiText.error(request, "Database entry could not be deleted")
            : AmiText.success(request, "Key deleted successfully"));
  }

  private void dbGet(AmiSession session, AmiRequest request) {
    if (keyMissing(session, request, ".")) {
      return;
    }
    String family = request.get("Family");
    String key = request.get("Key");
    String value = memory.astDb().get("/" + family + "/" + key);
    if (value == null) {
      session.send(AmiText.error(request, "Database entry not found"));
      return;
    }
    String lines = "Family: " + family + "\r\nKey: " + key + "\r\nVal: " + value + "\r\n";
    session.send(AmiText.listBegins(request, "Result will follow"));
    session.send("Event: DBGetResponse\r\n" + lines + request.idLine() + "\r\n");
    session.send(AmiText.listEnds(request, "DBGetComplete", 1, ""));
  }

  private boolean keyMissing(AmiSession session, AmiRequest request, String fullStop) {
    for (String name : List.of("Family", "Key")) {
      if (request.get(name).isEmpty()) {
        String what = name.toLowerCase(Locale.ROOT);
        session.send(AmiText.error(request, "No " + what + " specified" + fullStop));
        return true;
      }
    }
    return false;
  }
}
