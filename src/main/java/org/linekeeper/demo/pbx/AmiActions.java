package org.linekeeper.demo.pbx;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which actions are there, and who may use them? The order of checks is manager.c's own. */
final class AmiActions {
  private static final Set<String> BEFORE_LOGIN = Set.of("login", "logoff", "challenge");

  private final PbxMemory memory;
  private final Map<String, AmiAction> byName = new TreeMap<>();

  AmiActions(PbxMemory memory, Collection<AmiAction> actions) {
    this.memory = memory;
    actions.forEach(a -> byName.put(lower(a.name()), a));
    AmiAction.Handler list = (s, r) -> s.send(AmiText.response("Success", r, commands()));
    byName.put(
        "listcommands",
        new AmiAction("ListCommands", "List available manager commands.", Set.of(), list));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private String commands() {
    StringBuilder lines = new StringBuilder();
    for (AmiAction a : byName.values()) {
      if (a.allowedTo(memory.settings().write())) {
        String privilege = AmiClass.words(a.authority());
        lines.append(a.name()).append(": ").append(a.synopsis());
        lines.append("  (Priv: ").append(privilege).append(")\r\n");
      }
    }
    return lines.toString();
  }

  void run(AmiSession session, AmiRequest request) {
    String refusal = refusal(session, request);
    if (!refusal.isEmpty()) {
      session.send(AmiText.error(request, refusal));
      return;
    }
    AmiAction action = byName.get(lower(request.action()));
    if (action == null) {
      session.send(
          AmiText.error(
              request,
              "Invalid/unknown command: "
                  + request.action()
                  + ". Use Action: ListCommands to show available commands."));
    } else {
      action.handler().act(session, request);
    }
  }

  /** Why it is not done; empty text if it may be. */
  private String refusal(AmiSession session, AmiRequest request) {
    String name = lower(request.action());
    if (name.isEmpty()) {
      return "Missing action in request";
    }
    if (memory.shuttingDown()) {
      return "Asterisk is shutting down";
    }
    if (!session.loggedIn() && !BEFORE_LOGIN.contains(name)) {
      return "Permission denied";
    }
    AmiAction action = byName.get(name);
    boolean denied = action != null && !action.allowedTo(memory.settings().write());
    return denied ? "Permission denied" : "";
  }
}
