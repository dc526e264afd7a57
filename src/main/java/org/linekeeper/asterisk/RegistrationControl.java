package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.asteriskjava.manager.action.ManagerAction;
import org.linekeeper.asterisk.AmiAnswer.Kind;
import org.linekeeper.verdict.Profile;

/**
 * Brings one PBX's outbound registrations up and takes them away. AMI answers "sent" before the
 * provider has said anything, so what became of it is looked at until it shows or the time is up.
 */
final class RegistrationControl {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final AmiSession session;
  private final PbxLists lists;
  private final Workers workers;
  private final Profile profile;

  /** What is under way: an order that was overtaken must not undo the newer one. */
  private final Map<String, Boolean> wanted = new ConcurrentHashMap<>();

  RegistrationControl(AmiSession session, PbxLists lists, Workers workers, Profile profile) {
    this.session = session;
    this.lists = lists;
    this.workers = workers;
    this.profile = profile;
  }

  CompletableFuture<AmiAnswer<Registration>> up(String name, Duration deadline) {
    return change(name, true, new PjsipRegisterAction(name), deadline);
  }

  /** Also ends the wait of a freshly started Asterisk that has not registered yet but would. */
  CompletableFuture<AmiAnswer<Registration>> down(String name, Duration deadline) {
    return change(name, false, new PjsipUnregisterAction(name), deadline);
  }

  private CompletableFuture<AmiAnswer<Registration>> change(
      String name, boolean up, ManagerAction action, Duration deadline) {
    Duration until = workers.ticker().now().plus(deadline);
    boolean calm = wanted.put(name, up) == null;
    return look(name)
        .thenCompose(
            before -> {
              // Asterisk registers anew by unregistering first: callers would find nobody.
              boolean already =
                  up && calm && before.value().filter(Registration::registered).isPresent();
              return already || !before.ok()
                  ? CompletableFuture.completedFuture(before)
                  : tell(action, new Change(name, up, rejected(before), until));
            })
        .whenComplete((end, defect) -> wanted.remove(name, up));
  }

  private static boolean rejected(AmiAnswer<Registration> before) {
    return before.value().filter(Registration::rejected).isPresent();
  }

  private CompletableFuture<AmiAnswer<Registration>> look(String name) {
    return lists
        .registrations(profile.deadline())
        .thenApply(
            answer ->
                answer.then(
                    rows ->
                        rows.stream()
                            .filter(row -> row.name().equals(name))
                            .findFirst()
                            .map(row -> AmiAnswer.done(row, words(row)))
                            .orElseGet(
                                () ->
                                    AmiAnswer.no(
                                        Kind.REFUSED,
                                        "it has no outbound registration " + name + " now"))));
  }

  private CompletableFuture<AmiAnswer<Registration>> tell(ManagerAction action, Change change) {
    if (Boolean.valueOf(!change.up).equals(wanted.get(change.name))) {
      return CompletableFuture.completedFuture(
          AmiAnswer.no(Kind.REFUSED, "the opposite has been asked for meanwhile"));
    }
    return session
        .ask(action, profile.deadline())
        .thenCompose(
            told ->
                told.ok()
                    ? readBack(change)
                    : CompletableFuture.completedFuture(AmiAnswer.no(told.kind(), told.said())));
  }

  private CompletableFuture<AmiAnswer<Registration>> readBack(Change change) {
    return look(change.name)
        .thenCompose(
            seen ->
                change
                    .end(seen, workers.ticker().now())
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> readBackLater(change)));
  }

  private CompletableFuture<AmiAnswer<Registration>> readBackLater(Change change) {
    CompletableFuture<Void> due = new CompletableFuture<>();
    workers.after(BETWEEN_LOOKS, () -> due.complete(null));
    return due.thenCompose(now -> readBack(change));
  }

  private static String words(Registration row) {
    return row.name() + " is " + row.status().toLowerCase(Locale.ROOT);
  }

  /**
   * What was asked for.
   *
   * @param rejectedBefore a rejection seen before the change was asked for says nothing of it
   * @param until by this watcher's clock, when it is no longer waited for
   */
  private record Change(String name, boolean up, boolean rejectedBefore, Duration until) {

    /** How it ended; empty while that is open. */
    Optional<AmiAnswer<Registration>> end(AmiAnswer<Registration> seen, Duration now) {
      boolean over = now.compareTo(until) >= 0;
      if (seen.value().filter(row -> up ? row.registered() : row.unregistered()).isPresent()) {
        return Optional.of(seen);
      }
      if (seen.value().filter(row -> row.rejected() && (over || !rejectedBefore)).isPresent()) {
        String server = seen.value().map(Registration::server).orElse("");
        return Optional.of(
            AmiAnswer.no(
                Kind.REFUSED,
                server + " refuses to " + verb() + " " + name + ": look at its credentials"));
      }
      return over || seen.kind() == Kind.NOT_CONNECTED
          ? Optional.of(
              AmiAnswer.no(
                  Kind.SILENT, "told to " + verb() + " " + name + ", and then: " + seen.said()))
          : Optional.empty();
    }

    private String verb() {
      return up ? "register" : "unregister";
    }
  }
}
