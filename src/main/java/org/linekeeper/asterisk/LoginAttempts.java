package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.linekeeper.verdict.Profile;

/**
 * Logs in to a PBX beside the sessions that are up, to see whether it still takes somebody new: a
 * session that is up hears nothing of a frozen accept thread or of descriptors that have run out.
 * One at a time.
 */
final class LoginAttempts {
  private final AmiAccess access;
  private final Profile profile;
  private final Workers workers;
  private final Lane lane;

  LoginAttempts(AmiAccess access, Profile profile, Workers workers) {
    this.access = access;
    this.profile = profile;
    this.workers = workers;
    lane = new Lane(workers.io());
  }

  CompletableFuture<SessionNews> tryOne() {
    CompletableFuture<SessionNews> result = new CompletableFuture<>();
    GuardedConnection connection =
        new GuardedConnection(
            access,
            profile.connectDeadline(),
            profile.deadline(),
            workers.loop(),
            why -> {}); // how it ends is of no interest
    Duration limit =
        profile.connectDeadline().plus(profile.deadline()).plus(GuardedConnection.DENIAL);
    Future<?> timer = workers.after(limit, () -> giveUp(connection, limit, result));
    result.whenComplete(
        (news, fault) -> {
          timer.cancel(false);
          connection.drop("only tried whether a login is taken");
        });
    boolean taken = lane.offer(() -> result.complete(connection.logIn("off")));
    if (!taken) {
      result.complete(stalled(limit));
    }
    return result;
  }

  private static void giveUp(
      GuardedConnection connection, Duration limit, CompletableFuture<SessionNews> result) {
    result.complete(
        connection.socket().reached()
            ? stalled(limit)
            : new SessionNews(
                SessionNews.Kind.UNREACHABLE,
                limit,
                "no new connection to AMI within " + limit.toMillis() + " ms"));
  }

  private static SessionNews stalled(Duration limit) {
    return new SessionNews(SessionNews.Kind.STALLED, limit, "AMI takes connections but no login");
  }
}
