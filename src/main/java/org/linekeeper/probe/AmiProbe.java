package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** The AMI session, its pings, and fresh connections when it is gone or silent. */
final class AmiProbe {
  /**
   * Fresh connections to a silent PBX wait in its listen queue until it takes them: too many fill
   * it, and it would look as if its host were gone.
   */
  private static final Duration RECONNECT_LEAST = Duration.ofSeconds(1);

  /**
   * A dying process may still take connections for some milliseconds. It is asked at once, and
   * whatever the first two answers are, once more: then the judge knows as soon as a process that
   * SIP says nothing of may be called gone, and not at its next look at the clock.
   */
  private static final int RECHECKS = 6;

  private final PbxLink link;
  private final Profile profile;
  private final Workers workers;
  private final Reporter reporter;
  private final TcpReach reach;
  private final Outstanding pings;
  private final Outstanding connects = Outstanding.one();
  private final AtomicReference<Duration> connected =
      new AtomicReference<>(Duration.ofSeconds(-60));

  AmiProbe(PbxLink link, Profile profile, Workers workers, Reporter reporter) {
    this.link = link;
    this.profile = profile;
    this.workers = workers;
    this.reporter = reporter;
    pings = Outstanding.overlapping(profile);
    reach =
        new TcpReach(
            workers, link.access().host(), link.access().port(), profile.connectDeadline());
  }

  void ping() {
    if (link.isUp()) {
      pings.ask(this::askPing);
    }
  }

  private CompletionStage<Void> askPing() {
    Duration asked = reporter.now();
    return link.ping()
        .thenAccept(
            answer -> {
              if (answer.kind() == AmiAnswer.Kind.NOT_CONNECTED) {
                return;
              }
              reporter.answer(Probe.AMI_PING, seen(answer), asked, answer.said());
              if (answer.kind() == AmiAnswer.Kind.SILENT && link.isUp()) {
                connectNowAndThen();
              }
            });
  }

  static Seen seen(AmiAnswer<?> answer) {
    return switch (answer.kind()) {
      case DONE -> Seen.ANSWERED;
      case REFUSED -> Seen.FAILED;
      case NOT_ALLOWED -> Seen.NOT_ASKED;
      case SILENT, NOT_CONNECTED -> Seen.SILENT;
    };
  }

  private void connectNowAndThen() {
    Duration now = reporter.now();
    Duration before = connected.get();
    if (now.minus(before).compareTo(RECONNECT_LEAST) >= 0 && connected.compareAndSet(before, now)) {
      connect(0);
    }
  }

  private void connect(int rechecks) {
    connects.ask(
        () -> {
          Duration asked = reporter.now();
          return reach
              .ask()
              .thenAccept(
                  seen -> {
                    reporter.answer(Probe.AMI_CONNECT, seen, asked, words(seen));
                    boolean again = seen == Seen.ANSWERED || rechecks > RECHECKS - 2;
                    if (again && rechecks > 0 && !link.isUp()) {
                      workers.after(profile.recheck(), () -> connect(rechecks - 1));
                    }
                  });
        });
  }

  private static String words(Seen seen) {
    return switch (seen) {
      case ANSWERED -> "the AMI port takes connections";
      case REFUSED -> "the host answers that nobody listens on the AMI port";
      default -> "the host does not answer on the AMI port";
    };
  }

  /** What the session's fate says, in the verdict room's words. */
  void session(SessionNews news) {
    Duration asked = reporter.now().minus(news.took());
    switch (news.kind()) {
      case UP -> {
        reporter.answer(Probe.AMI_CONNECT, Seen.ANSWERED, asked, news.said());
        reporter.answer(Probe.AMI_LOGIN, Seen.ANSWERED, asked, news.said());
        reporter.news(Probe.AMI_SESSION, Seen.ANSWERED, news.said());
      }
      case REFUSED -> reporter.answer(Probe.AMI_CONNECT, Seen.REFUSED, asked, news.said());
      case UNREACHABLE -> reporter.answer(Probe.AMI_CONNECT, Seen.SILENT, asked, news.said());
      case STALLED -> login(Seen.SILENT, asked, news);
      case CUT -> login(Seen.CLOSED, asked, news);
      case DENIED -> login(Seen.TURNED_AWAY, asked, news);
      case NOT_AMI -> login(Seen.FAILED, asked, news);
      case CLOSED -> ended(Seen.CLOSED, news);
      case RESET -> ended(Seen.RESET, news);
      case DROPPED -> reporter.news(Probe.AMI_SESSION, Seen.SILENT, news.said());
    }
  }

  private void ended(Seen how, SessionNews news) {
    reporter.news(Probe.AMI_SESSION, how, news.said());
    connect(RECHECKS);
  }

  private void login(Seen seen, Duration asked, SessionNews news) {
    reporter.answer(Probe.AMI_CONNECT, Seen.ANSWERED, asked, "the AMI port takes connections");
    reporter.answer(Probe.AMI_LOGIN, seen, asked, news.said());
  }
}
