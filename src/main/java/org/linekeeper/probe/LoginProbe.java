package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/**
 * Does AMI take a new login? Asked rarely, and only while the session itself is up: without one,
 * what keeps it up says how logins fare.
 */
final class LoginProbe {
  private final PbxLink link;
  private final Reporter reporter;
  private final Outstanding outstanding = Outstanding.one();
  private final Rest rest = new Rest(Duration.ofMinutes(5), Duration.ofMinutes(30));

  LoginProbe(PbxLink link, Reporter reporter) {
    this.link = link;
    this.reporter = reporter;
  }

  void ask() {
    if (link.isUp() && rest.over(reporter.now())) {
      outstanding.ask(this::logIn);
    }
  }

  private CompletionStage<Void> logIn() {
    Duration asked = reporter.now();
    return link.freshLogin()
        .thenAccept(
            news -> {
              rest.answered(news.kind() == SessionNews.Kind.DENIED, reporter.now());
              // one that was lost meanwhile speaks for itself
              if (link.isUp()) {
                reporter.answer(Probe.AMI_LOGIN, seen(news), asked, news.said());
              }
            });
  }

  private static Seen seen(SessionNews news) {
    return switch (news.kind()) {
      case UP -> Seen.ANSWERED;
      case DENIED -> Seen.TURNED_AWAY;
      case REFUSED -> Seen.REFUSED;
      case UNREACHABLE, STALLED -> Seen.SILENT;
      case CUT, CLOSED, TORN, DROPPED -> Seen.CLOSED;
      case NOT_AMI -> Seen.FAILED;
    };
  }
}
