package org.linekeeper.probe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipAnswer;
import org.linekeeper.sip.SipOptionsClient;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * SIP OPTIONS over the trunk's own transport. The host's name is looked up at the start, and again
 * while SIP is silent: the PBX may have got another address. That one is asked beside the old one,
 * and is the PBX's once it answers, since a name can also be changed to a wrong one. That the name
 * cannot be looked up is no fault of the PBX.
 */
final class SipProbe implements AutoCloseable {
  /** A name that could not be looked up is tried again this often. */
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  /**
   * After so much silence, and again so often, the name is looked up anew. The JDK itself remembers
   * an address for 30 s.
   */
  private static final Duration LOOK_UP_SILENT = Duration.ofSeconds(5);

  private static final int SERVICE_UNAVAILABLE = 503;

  private final SipAccess access;
  private final Profile profile;
  private final Workers workers;
  private final IoLoop loop;
  private final Reporter reporter;
  private final BiFunction<String, Integer, InetSocketAddress> resolver;
  private final Outstanding outstanding;
  private final Outstanding lookUps = Outstanding.one();
  private volatile Duration quietSince = Duration.ZERO;
  private final Outstanding tries = Outstanding.one();
  private volatile @Nullable Peer peer;
  private volatile @Nullable Peer candidate;
  private boolean closed;

  private record Peer(InetSocketAddress address, SipOptionsClient client) {
    static void close(@Nullable Peer any) {
      if (any != null) {
        any.client.close();
      }
    }
  }

  SipProbe(SipAccess access, Profile profile, Workers workers, IoLoop loop, Reporter reporter) {
    this(access, profile, workers, loop, reporter, InetSocketAddress::new);
  }

  /** As above, with another way to look a name up; it may take its time. */
  SipProbe(
      SipAccess access,
      Profile profile,
      Workers workers,
      IoLoop loop,
      Reporter reporter,
      BiFunction<String, Integer, InetSocketAddress> resolver) {
    this.access = access;
    this.profile = profile;
    this.workers = workers;
    this.loop = loop;
    this.reporter = reporter;
    this.resolver = resolver;
    outstanding = Outstanding.overlapping(profile);
  }

  /** Looks the host's name up, off the threads that must not wait. */
  void start() {
    quietSince = reporter.now();
    lookUps.ask(this::lookUp);
  }

  private CompletionStage<Void> lookUp() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      workers
          .io()
          .execute(
              () -> {
                try {
                  found(resolver.apply(access.host(), access.port()));
                } finally {
                  done.complete(null);
                }
              });
    } catch (RejectedExecutionException full) {
      workers.after(LOOK_UP, this::start);
      done.complete(null);
    }
    return done;
  }

  private synchronized void found(InetSocketAddress now) {
    Peer old = peer;
    if (closed) {
      return;
    }
    if (now.isUnresolved()) {
      if (old == null) {
        reporter.news(
            Probe.SIP_OPTIONS,
            Seen.NOT_ASKED,
            access.host() + " is not in the DNS; correct the name, or give its address");
        workers.after(LOOK_UP, this::start);
      } // else the address it had is the best there is
    } else if (old == null) {
      peer = peer(now);
    } else {
      Peer tried = candidate;
      if (tried == null || !tried.address.equals(now)) {
        forgetCandidate();
        candidate = now.equals(old.address) ? null : peer(now);
      }
    }
  }

  private Peer peer(InetSocketAddress address) {
    return new Peer(address, new SipOptionsClient(loop, access.target(address)));
  }

  private synchronized void forgetCandidate() {
    Peer.close(candidate);
    candidate = null;
  }

  /** It has answered: from now on it is the PBX. */
  private synchronized void moveTo(Peer answering) {
    if (!closed && candidate == answering) {
      Peer.close(peer);
      peer = answering;
      candidate = null;
    }
  }

  /** Asks once, unless too many questions wait. */
  void ask() {
    Peer asking = peer;
    if (asking == null) {
      return;
    }
    outstanding.ask(() -> ask(asking));
    Peer other = candidate;
    if (other != null) {
      tries.ask(() -> tryOut(other));
    }
    Duration now = reporter.now();
    if (now.minus(quietSince).compareTo(LOOK_UP_SILENT) > 0) {
      quietSince = now;
      lookUps.ask(this::lookUp);
    }
  }

  private CompletionStage<Void> ask(Peer asking) {
    Duration asked = reporter.now();
    return asking.client.ask(profile.deadline()).thenAccept(a -> heard(asking, a, asked));
  }

  private CompletionStage<Void> tryOut(Peer other) {
    Duration asked = reporter.now();
    return other
        .client
        .ask(profile.deadline())
        .thenAccept(
            answer -> {
              if (answer.kind() == SipAnswer.Kind.ANSWERED) {
                moveTo(other);
                heard(other, answer, asked);
              }
            });
  }

  private void heard(Peer from, SipAnswer answer, Duration asked) {
    if (from != peer) {
      return; // of an address that is no longer the PBX's
    }
    if (answer.kind() == SipAnswer.Kind.ANSWERED) {
      quietSince = reporter.now();
      if (candidate != null) {
        forgetCandidate();
      }
    }
    Seen seen = seen(answer);
    // how long this answer took is no part of why the PBX was left
    String said = seen == Seen.TURNED_AWAY ? answer.said() : answer.sentence();
    reporter.answer(Probe.SIP_OPTIONS, seen, asked, said);
  }

  /**
   * An Asterisk that answers 404 serves; only 503 is its word for "not me". A certificate that is
   * not believed says nothing of its calls: this watcher's own clock or file may be what is wrong.
   */
  static Seen seen(SipAnswer answer) {
    return switch (answer.kind()) {
      case ANSWERED -> {
        if (answer.status() == SERVICE_UNAVAILABLE) {
          yield Seen.TURNED_AWAY;
        }
        yield answer.status() < 500 ? Seen.ANSWERED : Seen.FAILED;
      }
      case REFUSED -> Seen.REFUSED;
      case NOT_TRUSTED -> Seen.NOT_ASKED;
      case TIMED_OUT, ERROR -> Seen.SILENT;
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    Peer.close(peer);
    Peer.close(candidate);
  }
}
