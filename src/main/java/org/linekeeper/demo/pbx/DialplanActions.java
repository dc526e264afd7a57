package org.linekeeper.demo.pbx;

import static org.linekeeper.demo.pbx.AmiClass.CONFIG;
import static org.linekeeper.demo.pbx.AmiClass.REPORTING;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** What the dialplan does, as far as dialplans/ has it (pbx.c, manager_show_dialplan). */
final class DialplanActions {
  private final PbxMemory memory;

  DialplanActions(PbxMemory memory) {
    this.memory = memory;
  }

  private record Line(String context, String extension, String application, String data) {}

  List<AmiAction> all() {
    return List.of(
        new AmiAction(
            "ShowDialPlan",
            "Show dialplan contexts and extensions",
            EnumSet.of(CONFIG, REPORTING),
            this::show));
  }

  private void show(AmiSession session, AmiRequest request) {
    String context = request.get("Context");
    String extension = request.get("Extension");
    List<Line> there = dialplan().filter(l -> is(context, l.context)).toList();
    List<Line> lines = there.stream().filter(l -> is(extension, l.extension)).toList();
    if (there.isEmpty()) {
      session.send(AmiText.error(request, "Did not find context " + context));
    } else if (lines.isEmpty()) {
      session.send(AmiText.error(request, "Did not find extension " + extension + "@" + context));
    } else {
      session.send(AmiText.listBegins(request, "DialPlan list will follow"));
      lines.forEach(line -> session.send(event(request, line)));
      session.send(AmiText.listEnds(request, "ShowDialPlanComplete", lines.size(), ""));
    }
  }

  private static boolean is(String asked, String there) {
    return asked.isEmpty() || asked.equals(there);
  }

  private Stream<Line> dialplan() {
    String inbound = memory.settings().context();
    return memory.dialplanBroken()
        ? Stream.empty()
        : Stream.of(
            new Line(inbound, "_[+0-9]!", "Gosub", "linekeeper-gate,s,1"),
            new Line(inbound, "lk-canary", "Gosub", "linekeeper-canary,s,1"),
            new Line("linekeeper-gate", "s", "Gosub", "linekeeper-gate,state,1"),
            new Line("linekeeper-canary", "s", "Hangup", "16"));
  }

  private static String event(AmiRequest request, Line line) {
    return "Event: ListDialplan\r\n"
        + request.idLine()
        + String.join(
            "\r\n",
            "Context: " + line.context,
            "Extension: " + line.extension,
            "Priority: 1",
            "Application: " + line.application,
            "AppData: " + line.data,
            "Registrar: pbx_config",
            "\r\n");
  }
}
