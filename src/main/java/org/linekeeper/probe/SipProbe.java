package org.linekeeper.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipAnswer;
import org.linekeeper.sip.SipOptionsClient;
import org.linekeeper.sip.SipTarget;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** SIP OPTIONS over the trunk's own transport. */
final class SipProbe implements AutoCloseable {
  /** A name that could not be looked up is tried again this often. */
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  private static final int SERVICE_UNAVAILABLE = 503;

  private final SipAccess access;
  private final Profile profile;
  private final Workers workers;
  private final IoLoop loop;
  private final Reporter reporter;
  private final Outstanding outstanding;
  private volatile @Nullable SipOptionsClient client;
  private volatile boolean closed;

  SipProbe(SipAccess access, Profile profile, Workers workers, IoLoop loop, Reporter reporter) {
    this.access = access;
    this.profile = profile;
    this.workers = workers;
    this.loop = loop;
    this.reporter = reporter;
    outstanding = Outstanding.overlapping(profile);
  }

  /** Looks the host's name up, off the threads that must not wait. */
  void start() {
    if (closed) {
      return;
    }
    Runnable lookUp =
        () -> {
          InetSocketAddress address = new InetSocketAddress(access.host(), access.port());
          if (address.isUnresolved()) {
            reporter.news(Probe.SIP_OPTIONS, Seen.FAILED, access.host() + " is not in the DNS");
            workers.after(LOOK_UP, this::start);
            return;
          }
          client =
              new SipOptionsClient(
                  loop,
                  new SipTarget(
                      address, access.transport(), access.user().orElse(""), "linekeeper"));
        };
    try {
      workers.io().execute(lookUp);
    } catch (RejectedExecutionException full) {
      workers.after(LOOK_UP, this::start);
    }
  }

  /** Asks once, unless too many questions wait. */
  void ask() {
    SipOptionsClient asking = client;
    if (asking != null) {
      outstanding.ask(() -> ask(asking));
    }
  }

  private CompletionStage<Void> ask(SipOptionsClient asking) {
    Duration asked = reporter.now();
    CompletableFuture<SipAnswer> answer = asking.ask(profile.deadline()).toCompletableFuture();
    return answer.thenAccept(a -> reporter.answer(Probe.SIP_OPTIONS, seen(a), asked, a.sentence()));
  }

  /** An Asterisk that answers 404 serves; only 503 is its word for "not me". */
  static Seen seen(SipAnswer answer) {
    return switch (answer.kind()) {
      case ANSWERED -> {
        if (answer.status() == SERVICE_UNAVAILABLE) {
          yield Seen.TURNED_AWAY;
        }
        yield answer.status() < 500 ? Seen.ANSWERED : Seen.FAILED;
      }
      case REFUSED -> Seen.REFUSED;
      case TIMED_OUT, ERROR -> Seen.SILENT;
    };
  }

  @Override
  public void close() {
    closed = true;
    SipOptionsClient open = client;
    if (open != null) {
      open.close();
    }
  }
}
