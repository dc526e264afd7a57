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
  private static final String ORIGINATE =
      "; add originate to the AMI user's write in manager.conf and run manager reload";

  private static final String REPORTING =
      "; add reporting to the AMI user's write in manager.conf and run manager reload; if it is"
          + " there, load res_pjsip_outbound_registration";

  private final PbxLink link;
  private final Scope scope;
  private final Profile profile;
  private final Reporter reporter;
  private final Room room = new Room();
  private final Outstanding canaries = Outstanding.one();
  private final Outstanding limits = Outstanding.one();
  private final Outstanding registrations = Outstanding.one();

  CallProbe(PbxLink link, Scope scope, Profile profile, Reporter reporter) {
    this.link = link;
    this.scope = scope;
    this.profile = profile;
    this.reporter = reporter;
  }

  /** How near to its limit of calls it is. */
  Room room() {
    return room;
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
                case NOT_ALLOWED -> done(() -> notAsked(Probe.CANARY, answer.said() + ORIGINATE));
                // the limit first: a PBX that is merely full must not look broken
                case SILENT -> callLimit().thenRun(() -> reporter.report(seen));
                case REFUSED ->
                    callLimit()
                        .thenCompose(told -> installed(context))
                        .thenAccept(
                            installed -> {
                              if (installed) {
                                reporter.report(seen);
                              } else {
                                notAsked(
                                    Probe.CANARY,
                                    "lk-canary is not in its context "
                                        + context
                                        + "; add it as dialplans/README.md says, and run"
                                        + " dialplan reload");
                              }
                            });
              };
            });
  }

  /**
   * Whether there is a test call's extension to call, as far as is known. A context that is gone
   * altogether is another matter: the carrier's calls then fail as well.
   */
  private CompletionStage<Boolean> installed(String context) {
    return link.dialplan(context, "lk-canary", profile.deadline())
        .thenApply(
            answer ->
                answer.kind() != AmiAnswer.Kind.REFUSED
                    || !answer.said().contains("Did not find extension"));
  }

  private void notAsked(Probe probe, String said) {
    reporter.news(probe, Seen.NOT_ASKED, said);
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
    room.saw(limit);
    Seen seen = limit.turnsCallsAway() ? Seen.FAILED : Seen.ANSWERED;
    reporter.answer(Probe.CALL_LIMIT, seen, asked, limit.words());
  }

  private CompletionStage<Void> registrations() {
    Duration asked = reporter.now();
    return link.registrations(profile.deadline())
        .thenAccept(
            answer -> {
              switch (answer.kind()) {
                case DONE -> report(answer.value().orElseThrow(), asked);
                case REFUSED, NOT_ALLOWED ->
                    notAsked(Probe.REGISTRATIONS, answer.said() + REPORTING);
                case SILENT, NOT_CONNECTED -> {} // only a list says how they stand
              }
            });
  }

  private void report(List<Registration> found, Duration asked) {
    List<String> missing = missing(scope.registrations(), found);
    reporter.answer(
        Probe.REGISTRATIONS,
        missing.isEmpty() ? Seen.ANSWERED : Seen.FAILED,
        asked,
        missing.isEmpty() ? "all registered" : String.join(", ", missing));
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
