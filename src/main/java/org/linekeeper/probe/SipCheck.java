package org.linekeeper.probe;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.linekeeper.check.CheckResult;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipAnswer;
import org.linekeeper.sip.SipOptionsClient;
import org.linekeeper.verdict.Profile;

/** Does SIP answer this watcher? */
final class SipCheck {
  /** One datagram may be lost. */
  private static final int TRIES = 3;

  private static final String BAN =
      "A ban or a firewall looks just like a dead PBX: exempt this watcher's address in fail2ban"
          + " (ignoreip) and in FreePBX's firewall (Networks, Trusted), and check host, port and"
          + " transport.";

  private final SipAccess access;
  private final Profile profile;
  private final IoLoop loop;

  SipCheck(SipAccess access, Profile profile, IoLoop loop) {
    this.access = access;
    this.profile = profile;
    this.loop = loop;
  }

  CheckResult look() {
    String what = "SIP at " + access.pbx();
    InetSocketAddress address = new InetSocketAddress(access.host(), access.port());
    if (address.isUnresolved()) {
      return CheckResult.failure(
          what, access.host() + " is not in the DNS.", "Correct the name, or write the address.");
    }
    try (SipOptionsClient client = new SipOptionsClient(loop, access.target(address))) {
      SipAnswer answer = ask(client);
      for (int tries = 1; tries < TRIES && answer.kind() != SipAnswer.Kind.ANSWERED; tries++) {
        answer = ask(client);
      }
      return result(what, answer);
    }
  }

  private SipAnswer ask(SipOptionsClient client) {
    try {
      return client
          .ask(profile.deadline())
          .toCompletableFuture()
          .orTimeout(profile.deadline().toMillis() * 4, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the SIP client kept no deadline", e);
    }
  }

  private CheckResult result(String what, SipAnswer answer) {
    if (answer.kind() == SipAnswer.Kind.NOT_TRUSTED) {
      return CheckResult.failure(
          what,
          answer.sentence() + ".",
          "Until then this watcher does not see whether SIP is answered.");
    }
    return switch (SipProbe.seen(answer)) {
      case ANSWERED -> CheckResult.ok(what, answer.sentence() + ".");
      case TURNED_AWAY ->
          CheckResult.failure(
              what,
              answer.sentence() + ", so it takes no calls.",
              "Look whether Asterisk is shutting down or in maintenance mode.");
      case REFUSED ->
          CheckResult.failure(
              what,
              answer.sentence() + ", so the carrier's calls do not arrive either.",
              "Look at pjsip show transports, and correct port or transport here if it is another.");
      case SILENT, CLOSED, RESET, NOT_ASKED ->
          CheckResult.failure(what, answer.sentence() + ", so it would count as dead.", BAN);
      case FAILED ->
          CheckResult.warning(
              what,
              answer.sentence() + ", which is no way to answer OPTIONS.",
              "Look at Asterisk's log for the reason.");
    };
  }
}
