package org.linekeeper.demo.pbx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Placing a call from inside; the canary is the one that is placed in earnest. */
final class OriginateAction {
  private final PbxMemory memory;

  OriginateAction(PbxMemory memory) {
    this.memory = memory;
  }

  List<AmiAction> all() {
    return List.of(
        new AmiAction(
            "Originate", "Originate a call.", Set.of(AmiClass.ORIGINATE), this::originate));
  }

  private void originate(AmiSession session, AmiRequest request) {
    String channel = request.get("Channel");
    if (channel.isEmpty()) {
      session.send(AmiText.error(request, "Channel not specified"));
    } else if (channel.indexOf('/') < 0) {
      session.send(AmiText.error(request, "Invalid channel"));
    } else if (request.isTrue("Async")) {
      session.send(AmiText.success(request, "Originate successfully queued"));
      run(session, request);
      tellOutcome(session, request);
    } else {
      // nothing here answers an originated call, and Asterisk calls that a failure
      session.send(AmiText.error(request, "Originate failed"));
      run(session, request);
    }
  }

  /** Runs the far half of the Local channel; it hangs up without answering. */
  private void run(AmiSession session, AmiRequest request) {
    String wanted = "Local/lk-canary@" + memory.settings().context();
    String channel = request.get("Channel");
    boolean canary = channel.equals(wanted) || channel.startsWith(wanted + "/");
    if (!canary || memory.dialplanBroken() || !memory.roomForAnotherCall()) {
      return;
    }
    memory.callProcessed();
    PbxChannel far =
        new PbxChannel(
            wanted + "-" + memory.nextSequence() + ";2",
            memory.uniqueId(),
            "Ring",
            "",
            "linekeeper-canary",
            "s",
            null);
    String nonce = variable(request, "LK_NONCE").orElse("");
    String gate = memory.gateClosed() ? "closed" : "open";
    String lines = "UserEvent: LinekeeperCanary\r\nNonce: " + nonce + "\r\nGate: " + gate + "\r\n";
    session.server().tell("UserEvent", AmiClass.USER, far.lines() + lines);
  }

  private void tellOutcome(AmiSession session, AmiRequest request) {
    // never answered, so Asterisk calls it a failure; the event above is what counts
    String lines =
        request.idLine()
            + "Response: Failure\r\n"
            + ("Channel: " + request.get("Channel") + "\r\n")
            + ("Application: " + request.get("Application") + "\r\n")
            + ("Data: " + request.get("Data") + "\r\n")
            + "Reason: 0\r\n"
            + "Uniqueid: <unknown>\r\n"
            + "CallerIDNum: <unknown>\r\n"
            + "CallerIDName: <unknown>\r\n";
    session.server().tell("OriginateResponse", AmiClass.CALL, lines);
  }

  private static Optional<String> variable(AmiRequest request, String name) {
    return request.all("Variable").stream()
        .flatMap(v -> Stream.of(v.split(",")))
        .map(v -> v.split("=", 2))
        .filter(v -> v.length == 2 && v[0].replaceFirst("^_{0,2}", "").equals(name))
        .map(v -> v[1])
        .findFirst();
  }
}
