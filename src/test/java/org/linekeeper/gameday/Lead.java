package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.Shell;

/**
 * Who leads three watchers. The preferred one does while all are well; after it stood still, as a
 * machine does that is snapshotted, another one does for some seconds more.
 */
final class Lead {
  /** For longer than the 3 s after which a watcher is missed, or it would be handed back sooner. */
  private static final Duration STANDS = Duration.ofSeconds(4);

  /** Before it is handed back: 5 s after the one that stood was missed for the last time. */
  private static final Duration KEPT = Duration.ofSeconds(4);

  /** As long as that, all have been well when this returns. */
  private static final Duration WELL = Duration.ofMillis(1500);

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Each election is a toss-up between two. */
  private static final int ELECTIONS = 12;

  private final Map<String, Watching> watchers;
  private Instant brought = Instant.MAX;

  Lead(Map<String, Watching> watchers) {
    this.watchers = watchers;
  }

  /**
   * Has whoever leads stand still until the one of that name leads. When this returns all are well,
   * and it goes on to lead for a second at least.
   */
  void bringTo(String name) {
    String leader =
        Await.value("the preferred one leads", SOON, () -> leading().filter(ThreeSide.TWO::equals));
    Instant back = Instant.now();
    for (int i = 0; !leader.equals(name); i++) {
      if (i == ELECTIONS) {
        throw new AssertionError(name + " was not elected in " + ELECTIONS + " elections");
      }
      String next = standStill(leader);
      back = Instant.now();
      awaitFollowing(leader, next, back);
      leader = next;
    }
    Await.pause(WELL);
    brought = Instant.now();
    if (brought.isAfter(back.plus(KEPT)) || !leading().equals(Optional.of(name))) {
      throw new AssertionError("the lead may be handed back already; " + leading() + " leads");
    }
  }

  /** Who leads after that. */
  private String standStill(String leader) {
    Watching stands = watcher(leader);
    Instant since = Instant.now();
    signal(stands, "STOP");
    try {
      Await.pause(STANDS);
      return Await.value(
          "another one leads", SOON, () -> leading().filter(other -> !other.equals(leader)));
    } finally {
      signal(stands, "CONT");
      System.out.println(leader + " stood for " + Duration.between(since, Instant.now()));
    }
  }

  private void awaitFollowing(String stood, String leader, Instant back) {
    Await.until(
        stood + " looks on again",
        SOON,
        () ->
            watcher(stood)
                .latest()
                .filter(seen -> seen.at().isAfter(back) && seen.calm() && seen.follows(leader))
                .isPresent());
  }

  /** Of several that believe so, the one that said it last. */
  private Optional<String> leading() {
    return watchers.entrySet().stream()
        .filter(each -> each.getValue().latest().filter(Seen::leads).isPresent())
        .max(
            (one, other) ->
                one.getValue()
                    .latest()
                    .orElseThrow()
                    .at()
                    .compareTo(other.getValue().latest().orElseThrow().at()))
        .map(Map.Entry::getKey);
  }

  /**
   * Fails if that one has heard of another leader since {@link #bringTo}. Ask while it is cut off,
   * after which it hears of none: then it led when it was cut off.
   */
  void confirmHeldBy(String name) {
    for (Seen seen : watcher(name).heardSince(brought)) {
      for (String other : watchers.keySet()) {
        if (seen.follows(other)) {
          throw new AssertionError(name + " did not lead any more when it was struck: " + seen);
        }
      }
    }
  }

  private Watching watcher(String name) {
    return Objects.requireNonNull(watchers.get(name));
  }

  private static void signal(Watching watching, String name) {
    Shell.run("kill", "-s", name, Long.toString(watching.pid()));
  }
}
