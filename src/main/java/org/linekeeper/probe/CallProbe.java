package org.linekeeper.probe;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.CallLimit;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Registration;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/** Whether calls run: test calls, outbound registrations, and the limit of calls. */
final class CallProbe {
  private final PbxLink link;
  private final Scope scope;
  private final Profile profile;
  private final Reporter reporter;
  private final Outstanding canaries = Outstanding.one();
  private final Outstanding limits = Outstanding.one();
  private final Outstanding registrations = Outstanding.one();

  CallProbe(PbxLink link, Scope scope, Profile profile, Reporter reporter) {
    this.link = link;
    this.scope = scope;
    this.profile = profile;
    this.reporter = reporter;
  }

  void canary() {
    scope.canaryContext().ifPresent(context -> canaries.ask(() -> canary(context)));
  }

  private CompletionStage<Void> canary(String context) {
    Duration asked = reporter.now();
    return link.canary(context, profile.canaryDeadline())
        .thenCompose(
            answer -> {
              Observation seen =
                  reporter.seen(Probe.CANARY, AmiProbe.seen(answer), asked, answer.said());
              return switch (answer.kind()) {
                case DONE -> done(() -> reporter.report(seen));
                case NOT_CONNECTED -> done(() -> {}); // nobody could tell
                // the limit first: a PBX that is merely full must not look broken
                case REFUSED, SILENT -> callLimit().thenRun(() -> reporter.report(seen));
              };
            });
  }

  private static CompletionStage<Void> done(Runnable report) {
    report.run();
    return CompletableFuture.completedFuture(null);
  }

  void registrationsAndLimit() {
    limits.ask(this::callLimit);
    if (!scope.registrations().isEmpty()) {
      registrations.ask(this::registrations);
    }
  }

  private CompletionStage<Void> callLimit() {
    Duration asked = reporter.now();
    return link.callLimit(profile.deadline())
        .thenAccept(answer -> answer.value().ifPresent(limit -> report(limit, asked)));
  }

  private void report(CallLimit limit, Duration asked) {
    Seen seen = limit.reached() ? Seen.FAILED : Seen.ANSWERED;
    reporter.answer(Probe.CALL_LIMIT, seen, asked, limit.words());
  }

  private CompletionStage<Void> registrations() {
    Duration asked = reporter.now();
    return link.registrations(profile.deadline())
        .thenAccept(
            answer -> {
              if (answer.kind() == AmiAnswer.Kind.NOT_CONNECTED) {
                return;
              }
              List<String> missing =
                  answer
                      .value()
                      .map(rows -> missing(scope.registrations(), rows))
                      .orElse(List.of());
              Seen seen = missing.isEmpty() ? AmiProbe.seen(answer) : Seen.FAILED;
              String said =
                  answer
                      .value()
                      .map(
                          rows -> missing.isEmpty() ? "all registered" : String.join(", ", missing))
                      .orElse(answer.said());
              reporter.answer(Probe.REGISTRATIONS, seen, asked, said);
            });
  }

  /** Which of the wanted are not registered, each with how it stands. */
  static List<String> missing(List<String> wanted, List<Registration> found) {
    var byName = found.stream().collect(Collectors.toMap(Registration::name, r -> r, (a, b) -> a));
    return wanted.stream()
        .filter(name -> byName.get(name) == null || !byName.get(name).registered())
        .map(
            name -> {
              Registration row = byName.get(name);
              return row == null
                  ? name + " is not configured"
                  : name + " is " + row.status().toLowerCase(Locale.ROOT);
            })
        .toList();
  }
}
