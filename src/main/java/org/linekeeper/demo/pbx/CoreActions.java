package org.linekeeper.demo.pbx;

import static org.linekeeper.demo.pbx.AmiClass.COMMAND;
import static org.linekeeper.demo.pbx.AmiClass.REPORTING;
import static org.linekeeper.demo.pbx.AmiClass.SYSTEM;
import static org.linekeeper.demo.pbx.AmiClass.USER;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How the PBX is. */
final class CoreActions {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Set<AmiClass> LOOKING = EnumSet.of(SYSTEM, REPORTING);

  private final PbxMemory memory;

  CoreActions(PbxMemory memory) {
    this.memory = memory;
  }

  List<AmiAction> all() {
    return List.of(
        new AmiAction("Ping", "Keepalive command.", Set.of(), this::ping),
        new AmiAction("CoreStatus", "Show PBX core status variables.", LOOKING, this::status),
        new AmiAction(
            "CoreSettings", "Show PBX core settings (version etc).", LOOKING, this::settings),
        new AmiAction(
            "CoreShowChannels", "List currently active channels.", LOOKING, this::channels),
        new AmiAction("Command", "Execute Asterisk CLI Command.", Set.of(COMMAND), this::command),
        new AmiAction("UserEvent", "Send an arbitrary event.", Set.of(USER), this::userEvent));
  }

  private void ping(AmiSession session, AmiRequest request) {
    Instant now = memory.now();
    String micros = String.format("%d.%06d", now.getEpochSecond(), now.getNano() / 1000);
    session.send(
        AmiText.response("Success", request, "Ping: Pong\r\nTimestamp: " + micros + "\r\n"));
  }

  private void status(AmiSession session, AmiRequest request) {
    var started = memory.started().atZone(ZoneId.systemDefault());
    session.send(
        AmiText.response(
            "Success",
            request,
            lines(
                "CoreStartupDate: " + DATE.format(started),
                "CoreStartupTime: " + TIME.format(started),
                "CoreReloadDate: " + DATE.format(started),
                "CoreReloadTime: " + TIME.format(started),
                "CoreCurrentCalls: " + memory.channels().size(),
                "CoreProcessedCalls: " + memory.processedCalls())));
  }

  private void settings(AmiSession session, AmiRequest request) {
    session.send(
        AmiText.response(
            "Success",
            request,
            lines(
                "AMIversion: " + AmiText.AMI_VERSION,
                "AsteriskVersion: " + PbxSettings.VERSION,
                "SystemName: " + memory.settings().name(),
                "CoreMaxCalls: " + memory.settings().maxCalls(),
                "CoreMaxLoadAvg: 0.000000",
                "CoreRunUser: asterisk",
                "CoreRunGroup: asterisk",
                "CoreMaxFilehandles: 0",
                "CoreRealTimeEnabled: No",
                "CoreCDRenabled: Yes",
                "CoreHTTPenabled: No",
                "SoundsSearchCustomDir: No")));
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }

  private void channels(AmiSession session, AmiRequest request) {
    session.send(AmiText.listBegins(request, "Channels will follow"));
    for (PbxChannel channel : memory.channels().values()) {
      String more =
          lines("Application: Wait", "ApplicationData: 1", "Duration: 00:00:01", "BridgeId: ");
      String event = "Event: CoreShowChannel\r\n" + request.idLine();
      session.send(event + channel.lines() + more + "\r\n");
    }
    session.send(
        AmiText.listEnds(request, "CoreShowChannelsComplete", memory.channels().size(), ""));
  }

  private void command(AmiSession session, AmiRequest request) {
    String command = request.get("Command");
    if (command.isEmpty()) {
      session.send(AmiText.error(request, "No command provided"));
    } else if (command.equals("core show version")) {
      output(
          session,
          request,
          "Success",
          "Asterisk " + PbxSettings.VERSION + " built by Linekeeper's demo");
    } else {
      String other = "(type 'core show help " + command + "' for other possible commands)";
      output(session, request, "Error", "No such command '" + command + "' " + other);
    }
  }

  private static void output(AmiSession session, AmiRequest request, String response, String text) {
    String lines = lines("Message: Command output follows", "Output: " + text);
    session.send(AmiText.response(response, request, lines));
  }

  private void userEvent(AmiSession session, AmiRequest request) {
    String body =
        request.lines().stream()
            .filter(l -> !begins(l, "UserEvent:") && !begins(l, "Action:"))
            .map(l -> l + "\r\n")
            .collect(Collectors.joining());
    session.send(AmiText.success(request, "Event Sent"));
    session
        .server()
        .tell("UserEvent", USER, "UserEvent: " + request.get("UserEvent") + "\r\n" + body);
  }

  private static boolean begins(String line, String with) {
    return line.regionMatches(true, 0, with, 0, with.length());
  }
}
