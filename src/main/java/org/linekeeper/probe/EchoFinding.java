package org.linekeeper.probe;

import java.util.Optional;
import java.util.Set;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Seen;

/**
 * What does an echo call say of the PBX that was called?
 *
 * @param seen what came of it
 * @param said one clause for people
 */
record EchoFinding(Seen seen, String said) {
  /** SIP's ways to say that it does not know the caller, or that there is nobody of that name. */
  private static final Set<Integer> STRANGER = Set.of(401, 403, 404, 407, 484);

  /** What to do about that. */
  private static final String NOT_INSTALLED =
      " (see pjsip-linekeeper-peer.conf in dialplans/, or write peer-endpoint: off)";

  /**
   * Empty if it says nothing of that PBX.
   *
   * @param echoed whether the called PBX itself said that it heard the digits
   */
  static Optional<EchoFinding> of(
      PbxId from, PbxId to, PeerCall call, String digits, boolean echoed) {
    return switch (call.status()) {
      case "ANSWER" -> Optional.of(answered(from, to, call.heard(), digits, echoed));
      // one is up already, perhaps of another watcher
      case "TAKEN", "BUSY", "CANCEL" -> Optional.empty();
      case "NOANSWER" ->
          Optional.of(
              new EchoFinding(Seen.SILENT, to + " does not answer a SIP call from " + from));
      default -> Optional.of(refused(from, to, call));
    };
  }

  /**
   * Whether the called PBX refused a stranger. Its fail2ban counts such calls and would in the end
   * ban the PBX that calls, so they must become rare.
   */
  static boolean ofAStranger(PeerCall call) {
    return call.code().isPresent() && STRANGER.contains(call.code().getAsInt());
  }

  private static EchoFinding answered(
      PbxId from, PbxId to, String heard, String digits, boolean echoed) {
    if (heard.equals(digits)) {
      return new EchoFinding(Seen.ANSWERED, "audio runs between " + from + " and " + to);
    }
    String answers = to + " answers a call from " + from + ", but ";
    if (heard.startsWith("*")) {
      return dead(answers + "hears nothing of it; the other direction runs");
    }
    if (!heard.isEmpty()) {
      return dead(answers + "of " + digits + " only " + heard + " came back");
    }
    return dead(
        answers
            + (echoed
                ? from + " hears nothing; the other direction runs"
                : "no audio came back, and none is known to arrive"));
  }

  private static EchoFinding dead(String said) {
    return new EchoFinding(Seen.FAILED, said);
  }

  private static EchoFinding refused(PbxId from, PbxId to, PeerCall call) {
    if (call.code().isEmpty()) {
      return new EchoFinding(Seen.NOT_ASKED, from + " knows no way to call " + to + NOT_INSTALLED);
    }
    String said = to + " answers a SIP call from " + from + " with " + call.words();
    return ofAStranger(call)
        ? new EchoFinding(Seen.NOT_ASKED, said + NOT_INSTALLED)
        : new EchoFinding(Seen.TURNED_AWAY, said);
  }
}
