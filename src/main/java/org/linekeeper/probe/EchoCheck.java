package org.linekeeper.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Profile;

/** Does a call from this PBX to the other one get there, and come back? One direction of two. */
final class EchoCheck {
  private static final String WITHOUT =
      "Without it nobody notices dead audio, and a ban of this watcher looks like a dead PBX.";

  private static final String INSTALL =
      "Install linekeeper.conf and pjsip-linekeeper-peer.conf on both PBXs as dialplans/README.md"
          + " says, with the same password and each with the other's address, and reload both; or"
          + " write peer-endpoint: off.";

  private static final String AUDIO =
      "Look at the RTP ports (rtp.conf) in the firewalls between the two, and at"
          + " external_media_address, local_net and media_encryption on both.";

  private final PbxLink link;
  private final String peer;
  private final PbxId to;
  private final Profile profile;

  EchoCheck(PbxLink link, String peer, PbxId to, Profile profile) {
    this.link = link;
    this.peer = peer;
    this.to = to;
    this.profile = profile;
  }

  static String what(PbxId from, PbxId to) {
    return "echo call from " + from + " to " + to;
  }

  /** Where the settings say that the two do not call one another. */
  static CheckResult off(PbxId from, PbxId to) {
    return CheckResult.warning(what(from, to), "peer-endpoint is off. " + WITHOUT, INSTALL);
  }

  CheckResult look() {
    String what = what(link.pbx(), to);
    boolean missing =
        get(link.dialplan("linekeeper-listen", "lk-echo", profile.deadline())).kind()
            == AmiAnswer.Kind.REFUSED;
    if (missing) {
      return CheckResult.warning(what, "It is not installed. " + WITHOUT, INSTALL);
    }
    String digits = new Digits().next();
    AmiAnswer<PeerCall> answer = get(link.echo(peer, digits, profile.deep().echoDeadline()));
    Optional<EchoFinding> finding =
        answer.value().flatMap(call -> EchoFinding.of(link.pbx(), to, call, digits, false));
    return finding
        .map(found -> result(what, found))
        .orElseGet(
            () ->
                CheckResult.warning(
                    what,
                    "It could not be tried: " + answer.said() + ". " + WITHOUT,
                    "Try again; another watcher's echo call may have been up."));
  }

  private static CheckResult result(String what, EchoFinding found) {
    return switch (found.seen()) {
      case ANSWERED -> CheckResult.ok(what, "Digits were sent there and came back.");
      case FAILED -> CheckResult.failure(what, found.said() + ".", AUDIO);
      case NOT_ASKED -> CheckResult.warning(what, found.said() + ". " + WITHOUT, INSTALL);
      case SILENT, REFUSED, CLOSED, RESET, TURNED_AWAY ->
          CheckResult.failure(
              what,
              found.said() + ", so the one cannot watch over the other.",
              "Exempt the two PBXs in one another's fail2ban and firewall, and look at contact,"
                  + " transport and media_encryption in pjsip-linekeeper-peer.conf.");
    };
  }

  private static <T> T get(CompletionStage<T> answer) {
    Duration limit = Duration.ofSeconds(20); // for a defect: the link keeps its own deadlines
    return answer.toCompletableFuture().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
  }
}
