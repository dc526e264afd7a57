package org.linekeeper.probe;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.SessionNews;

/**
 * How did the sessions of a PBX end? A kernel resets the connection of a dead process that had not
 * read everything, and a firewall can only reset. But both sessions of a dead process end at once,
 * and mostly one of them in good order, which no firewall can do. For one thread at a time.
 */
final class EndOfSessions {
  /** The kernel ends all connections of a process within some tenths of a millisecond. */
  private static final Duration AT_ONCE = Duration.ofMillis(15);

  private @Nullable Duration eventsEnded;
  private @Nullable Duration reset;

  /**
   * News of the session on which the PBX is asked.
   *
   * @return the same, or that it ended in good order if that is known by now
   */
  SessionNews session(SessionNews news, Duration now) {
    reset = null;
    if (news.kind() != SessionNews.Kind.RESET) {
      return news;
    }
    if (together(eventsEnded, now)) {
      return inOrder();
    }
    reset = now;
    return news;
  }

  /**
   * The session on which the PBX is heard ended in good order.
   *
   * @return what is known now of the other one, if that is more than before
   */
  Optional<SessionNews> eventsEnded(Duration now) {
    boolean known = together(reset, now);
    reset = null;
    eventsEnded = now;
    return known ? Optional.of(inOrder()) : Optional.empty();
  }

  private static boolean together(@Nullable Duration at, Duration now) {
    return at != null && now.minus(at).compareTo(AT_ONCE) <= 0;
  }

  private static SessionNews inOrder() {
    return new SessionNews(
        SessionNews.Kind.CLOSED,
        Duration.ZERO,
        "AMI was reset, and the session for events ended in good order with it");
  }
}
