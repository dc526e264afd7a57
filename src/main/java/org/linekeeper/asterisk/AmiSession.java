package org.linekeeper.asterisk;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer.Kind;
import org.linekeeper.net.LoopTimer;
import org.linekeeper.verdict.Profile;

/**
 * One AMI session with a PBX, kept up: a new connection whenever the old one ended or has been
 * silent for too long. Everything asked has a deadline, and nobody waits.
 */
final class AmiSession implements AutoCloseable {
  /** A PBX that denies the login would ban a watcher that tries four times a second. */
  private static final Duration DENIED_FIRST = Duration.ofSeconds(1);

  private static final Duration DENIED_MOST = Duration.ofSeconds(30);

  private static final String PING = "Ping";

  /** Told what becomes of the session, on threads that must not wait. */
  interface Listener {
    void news(SessionNews news);

    void event(ManagerEvent event);
  }

  private final AmiAccess access;
  private final Workers workers;
  private final Profile profile;
  private final String eventMask;
  private final List<Class<? extends ManagerEvent>> eventClasses;
  private final Listener listener;
  private final Lane lane;

  private final AmiLists lists;
  private final InOrder<SessionNews> news;
  private @Nullable Attempt latest;
  private Duration deniedPause = DENIED_FIRST;
  private boolean closed;
  private volatile @Nullable GuardedConnection up;

  AmiSession(
      AmiAccess access,
      Workers workers,
      Profile profile,
      String eventMask,
      List<Class<? extends ManagerEvent>> eventClasses,
      Listener listener) {
    this.access = access;
    this.workers = workers;
    this.profile = profile;
    this.eventMask = eventMask;
    this.eventClasses = List.copyOf(eventClasses);
    this.listener = listener;
    lane = new Lane(workers.io());
    news = new InOrder<>(listener::news);
    lists = new AmiLists(workers, this::ask);
  }

  /** Logs in, and again whenever that is needed. */
  void start() {
    tryNow();
  }

  boolean isUp() {
    return up != null;
  }

  private synchronized void tryNow() {
    if (closed) {
      return;
    }
    Attempt attempt = new Attempt();
    latest = attempt;
    attempt.begin();
  }

  /** One connection, from connecting to its end. */
  private final class Attempt {
    private final Duration began = workers.ticker().now();
    private final GuardedConnection connection;
    private boolean settled;
    private boolean over;

    private Attempt() {
      connection =
          new GuardedConnection(
              access,
              profile.connectDeadline(),
              profile.deadline(),
              workers.loop(),
              this::connectionEnded);
      eventClasses.forEach(connection::registerUserEventClass);
      connection.addEventListener(lists::row);
      if (!eventClasses.isEmpty()) {
        connection.addEventListener(listener::event);
      }
    }

    private void begin() {
      Duration limit = profile.connectDeadline().plus(profile.deadline());
      workers.after(limit, () -> watch(limit));
      boolean taken = lane.offer(() -> settle(connection.logIn(eventMask)));
      if (!taken) {
        settle(unreachable(limit, "too many calls to this PBX hang to try a login"));
      }
    }

    private void watch(Duration limit) {
      if (connection.judging()) {
        Duration longer = limit.plus(GuardedConnection.DENIAL);
        workers.after(GuardedConnection.DENIAL, () -> giveUp(longer));
      } else {
        giveUp(limit);
      }
    }

    private void giveUp(Duration limit) {
      synchronized (AmiSession.this) {
        if (settled) {
          return;
        }
      }
      boolean reached = connection.socket().reached();
      connection.drop("no login within " + limit.toMillis() + " ms");
      // not left to the thread that logs in: it may hang in a name look-up
      settle(
          reached
              ? new SessionNews(
                  SessionNews.Kind.STALLED, limit, "AMI takes connections but no login")
              : unreachable(limit, "no connection to AMI within " + limit.toMillis() + " ms"));
    }

    private SessionNews unreachable(Duration took, String said) {
      return new SessionNews(SessionNews.Kind.UNREACHABLE, took, said);
    }

    private void settle(SessionNews how) {
      synchronized (AmiSession.this) {
        if (settled) {
          return;
        }
        settled = true;
        SessionNews told = how;
        if (how.kind() == SessionNews.Kind.UP && !over && !closed) {
          up = connection;
          deniedPause = DENIED_FIRST;
        } else if (how.kind() == SessionNews.Kind.UP) {
          told = new SessionNews(SessionNews.Kind.CUT, how.took(), "AMI ended after the login");
        }
        if (up != connection) {
          again(told.kind());
        }
        // put in here: the end of this connection may be told by another thread at any moment
        news.put(told);
      }
      news.handOn();
    }

    private void connectionEnded(String why) {
      synchronized (AmiSession.this) {
        over = true;
        if (up != connection) {
          return; // the login that is under way will say how it failed
        }
        up = null;
        again(SessionNews.Kind.CLOSED);
        news.put(new SessionNews(howItEnded(), Duration.ZERO, why));
      }
      news.handOn();
    }

    private SessionNews.Kind howItEnded() {
      AmiSocket socket = connection.socket();
      if (!socket.dropped().isEmpty()) {
        return SessionNews.Kind.DROPPED;
      }
      return socket.reset() ? SessionNews.Kind.RESET : SessionNews.Kind.CLOSED;
    }

    private void again(SessionNews.Kind after) {
      Duration pause = profile.reconnectEvery();
      if (after == SessionNews.Kind.DENIED) {
        pause = deniedPause;
        Duration doubled = deniedPause.multipliedBy(2);
        deniedPause = doubled.compareTo(DENIED_MOST) < 0 ? doubled : DENIED_MOST;
      }
      // counted from the start of the attempt, so that a slow failure costs no extra pause
      Duration left =
          after == SessionNews.Kind.CLOSED ? pause : pause.minus(workers.ticker().since(began));
      Duration least = profile.recheck();
      if (!closed) {
        workers.after(left.compareTo(least) > 0 ? left : least, AmiSession.this::tryNow);
      }
    }
  }

  /** Asks something with one response. Completed on a thread that must not wait. */
  CompletableFuture<AmiAnswer<ManagerResponse>> ask(ManagerAction action, Duration deadline) {
    CompletableFuture<AmiAnswer<ManagerResponse>> result = new CompletableFuture<>();
    GuardedConnection connection = up;
    if (connection == null) {
      result.complete(notConnected());
      return result;
    }
    AtomicBoolean written = new AtomicBoolean();
    Future<?> timer =
        workers.after(deadline, () -> missed(connection, name(action), deadline, written, result));
    result.whenComplete((answer, fault) -> timer.cancel(false));
    boolean taken = lane.offer(() -> send(connection, action, written, result));
    if (!taken) {
      connection.drop("it reads nothing of what is sent to it");
      result.complete(AmiAnswer.no(Kind.SILENT, access.where() + " reads nothing"));
    }
    return result;
  }

  private void send(
      GuardedConnection connection,
      ManagerAction action,
      AtomicBoolean written,
      CompletableFuture<AmiAnswer<ManagerResponse>> result) {
    if (result.isDone()) {
      return; // its deadline passed while it waited behind others: it must not be done late
    }
    try {
      connection.sendAction(action, response -> result.complete(answered(action, response)));
      written.set(true);
    } catch (IOException | IllegalStateException e) {
      result.complete(
          AmiAnswer.no(
              Kind.SILENT, "the AMI connection ended while " + name(action) + " was sent"));
    }
  }

  /**
   * Asks for the PBX's own clock, which a Ping's answer carries. Cheaper than {@link #ask}, and not
   * in one order with what is asked by it.
   */
  CompletableFuture<AmiAnswer<Instant>> ping(Duration deadline) {
    GuardedConnection connection = up;
    if (connection == null) {
      return CompletableFuture.completedFuture(notConnected());
    }
    AmiWire wire = connection.socket().wire();
    if (!wire.pings()) {
      return ask(new PingAction(), deadline).thenApply(answer -> answer.then(PbxClock::of));
    }
    CompletableFuture<AmiAnswer<Instant>> result = new CompletableFuture<>();
    try {
      workers.loop().run(() -> ping(connection, wire, deadline, result));
    } catch (RejectedExecutionException stopping) {
      result.complete(notConnected());
    }
    return result;
  }

  private void ping(
      GuardedConnection connection,
      AmiWire wire,
      Duration deadline,
      CompletableFuture<AmiAnswer<Instant>> result) {
    LoopTimer[] timer = new LoopTimer[1];
    long number =
        wire.ping(
            pong -> {
              timer[0].cancel();
              result.complete(PbxClock.of(pong));
            });
    timer[0] =
        workers
            .loop()
            .after(
                deadline,
                () -> {
                  wire.forget(number);
                  missed(connection, PING, deadline, new AtomicBoolean(true), result);
                });
  }

  private <T> void missed(
      GuardedConnection connection,
      String action,
      Duration deadline,
      AtomicBoolean written,
      CompletableFuture<AmiAnswer<T>> result) {
    result.complete(
        AmiAnswer.no(
            Kind.SILENT,
            "AMI did not answer " + action + " within " + deadline.toMillis() + " ms"));
    // A freeze that is tolerated must not cost the session, a longer one is better met by a new
    // one: the old one's packets wait for TCP's growing pauses.
    Duration patience = profile.freezeTolerance().plus(profile.deadline());
    AmiWire wire = connection.socket().wire();
    Duration silent = workers.ticker().since(wire.heardAt());
    if (!written.get() || wire.unsent() || silent.compareTo(patience) > 0) {
      connection.drop("AMI was silent for " + silent.toMillis() + " ms");
    }
  }

  private static AmiAnswer<ManagerResponse> answered(
      ManagerAction action, @Nullable ManagerResponse response) {
    if (response == null) {
      return AmiAnswer.no(Kind.SILENT, "AMI ended before it answered " + name(action));
    }
    return response instanceof ManagerError
        ? refused(name(action), String.valueOf(response.getMessage()))
        : AmiAnswer.done(response, String.valueOf(response.getMessage()));
  }

  /** manager.c's two ways to say that it did not even try. */
  static <T> AmiAnswer<T> refused(String action, String message) {
    boolean notTried =
        message.startsWith("Permission denied") || message.startsWith("Invalid/unknown command");
    return AmiAnswer.no(notTried ? Kind.NOT_ALLOWED : Kind.REFUSED, action + ": " + message);
  }

  /** Asks for a list of at most 20,000 rows. Completed on a thread that must not wait. */
  <A extends ManagerAction & EventGeneratingAction>
      CompletableFuture<AmiAnswer<List<ResponseEvent>>> list(A action, Duration deadline) {
    return isUp() ? lists.ask(action, deadline) : CompletableFuture.completedFuture(notConnected());
  }

  private <T> AmiAnswer<T> notConnected() {
    return AmiAnswer.no(Kind.NOT_CONNECTED, "no AMI session with " + access.pbx());
  }

  private static String name(ManagerAction action) {
    return action.getAction();
  }

  /** Ends the session and stops trying. */
  @Override
  public void close() {
    Attempt last;
    synchronized (this) {
      closed = true;
      last = latest;
    }
    if (last != null) {
      last.connection.drop("no longer watched");
    }
  }
}
