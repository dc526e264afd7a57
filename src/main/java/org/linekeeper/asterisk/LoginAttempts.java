package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * Logs in to a PBX beside the sessions that are up, to see whether it still takes somebody new: a
 * session that is up hears nothing of a frozen accept thread or of descriptors that have run out.
 * One at a time.
 */
final class LoginAttempts {
  /**
   * Nobody waits for it, so TCP is given the time to repeat what the network loses, which it does
   * after one second for the first packet and after 0.2, 0.4 and 0.8 s for the others.
   */
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration LIMIT = CONNECT.plus(ANSWER).plus(GuardedConnection.DENIAL);

  private final AmiAccess access;
  private final Workers workers;
  private final Lane lane;

  LoginAttempts(AmiAccess access, Workers workers) {
    this.access = access;
    this.workers = workers;
    lane = new Lane(workers.io());
  }

  CompletableFuture<SessionNews> tryOne() {
    CompletableFuture<SessionNews> result = new CompletableFuture<>();
    GuardedConnection connection =
        new GuardedConnection(
            access, CONNECT, ANSWER, workers.loop(), why -> {}); // how it ends is of no interest
    Future<?> timer = workers.after(LIMIT, () -> giveUp(connection, result));
    result.whenComplete(
        (news, fault) -> {
          timer.cancel(false);
          connection.drop("only tried whether a login is taken");
        });
    boolean taken = lane.offer(() -> result.complete(connection.logIn("off")));
    if (!taken) {
      result.complete(stalled());
    }
    return result;
  }

  private static void giveUp(GuardedConnection connection, CompletableFuture<SessionNews> result) {
    result.complete(
        connection.socket().reached()
            ? stalled()
            : new SessionNews(
                SessionNews.Kind.UNREACHABLE,
                LIMIT,
                "no new connection to AMI within " + LIMIT.toMillis() + " ms"));
  }

  private static SessionNews stalled() {
    return new SessionNews(SessionNews.Kind.STALLED, LIMIT, "AMI takes connections but no login");
  }
}
