package org.linekeeper.probe;

import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.check.CheckResult;

/** Can this watcher log in? */
final class LoginCheck {
  private static final String FIREWALL =
      "Let this watcher's address through the PBX's firewall (FreePBX: Firewall, Networks, Trusted)"
          + " and look whether fail2ban has banned it.";

  private LoginCheck() {}

  static CheckResult of(AmiAccess access, @Nullable SessionNews news) {
    String what = "AMI login at " + access.pbx();
    String at = access.host() + ":" + access.port();
    if (news == null) {
      return CheckResult.failure(what, at + " said nothing, so it cannot be watched.", FIREWALL);
    }
    return switch (news.kind()) {
      case UP -> CheckResult.ok(what, "Logged in at " + at + " as " + access.user() + ".");
      case REFUSED ->
          CheckResult.failure(
              what,
              "Nobody listens at " + at + ", so this PBX can be neither watched nor switched.",
              "Set enabled = yes and a bindaddr in its manager.conf, or correct the port here.");
      case UNREACHABLE ->
          CheckResult.failure(what, at + " cannot be reached: " + news.said() + ".", FIREWALL);
      case DENIED ->
          CheckResult.failure(
              what,
              at + " does not let " + access.user() + " in: " + news.said() + ".",
              "Make user and secret here and in its manager.conf the same, permit this watcher's"
                  + " address there, and run manager reload. Asterisk skips a file that it cannot read,"
                  + " so give it to root:asterisk with mode 640.");
      case NOT_AMI ->
          CheckResult.failure(
              what,
              "There is no AMI at " + at + " as it is set up here: " + news.said() + ".",
              "Correct host, port, tls and the certificate to trust; TLS has a port of its own,"
                  + " tlsbindaddr in manager.conf.");
      case STALLED, CUT, CLOSED, TORN, DROPPED ->
          CheckResult.failure(
              what,
              at + " takes connections but no login: " + news.said() + ".",
              "Asterisk may be hung, or out of file descriptors or AMI sessions: look at"
                  + " manager show connected.");
    };
  }
}
