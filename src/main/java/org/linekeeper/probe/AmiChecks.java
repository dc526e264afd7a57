package org.linekeeper.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.CallLimit;
import org.linekeeper.asterisk.DialplanLine;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Registration;
import org.linekeeper.check.CheckResult;

/** What a PBX that takes the login says about itself. */
final class AmiChecks {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final Duration SKEW = Duration.ofSeconds(2);

  private static final String GATE = "linekeeper-gate";

  private static final String CARRIER_TEST = "linekeeper-carrier-test";

  private static final String INSTALL =
      "Include dialplans' linekeeper.conf, begin the carrier's context with"
          + " Gosub(linekeeper-gate,s,1), give it an extension lk-canary, and run dialplan reload.";

  private final PbxLink link;
  private final Scope scope;
  private final boolean standby;
  private final InstantSource clock;

  /**
   * @param standby whether it normally stands by, and so is kept off a trunk that registers
   */
  AmiChecks(PbxLink link, Scope scope, boolean standby, InstantSource clock) {
    this.link = link;
    this.scope = scope;
    this.standby = standby;
    this.clock = clock;
  }

  List<CheckResult> look() {
    List<CheckResult> results = new ArrayList<>(privileges());
    results.add(clockSkew());
    scope.canaryContext().ifPresent(context -> results.add(gate(context)));
    scope.canaryContext().ifPresent(context -> results.add(canary(context)));
    if (scope.carrierTest()) {
      results.add(carrierTest());
    }
    scope
        .peer()
        .flatMap(peer -> new PeerTransport(link.pbx(), this::variable).compare(peer))
        .ifPresent(results::add);
    results.add(callLimit());
    if (!scope.registrations().isEmpty()) {
      results.add(registrations());
    }
    return results;
  }

  private static <T> AmiAnswer<T> get(CompletionStage<AmiAnswer<T>> answer) {
    // the link keeps its own deadlines; this is for a defect in it
    return answer
        .toCompletableFuture()
        .orTimeout(LIMIT.toMillis() * 4, TimeUnit.MILLISECONDS)
        .join();
  }

  private String what(String thing) {
    return thing + " at " + link.pbx();
  }

  private List<CheckResult> privileges() {
    AmiAnswer<List<String>> allowed = get(link.allowedActions(LIMIT));
    String what = what("AMI privileges");
    if (!allowed.ok()) {
      return List.of(
          CheckResult.warning(
              what,
              "They cannot be listed: " + allowed.said() + ".",
              "Look at manager show user."));
    }
    return Privilege.results(what, allowed.value().orElseThrow(), scope);
  }

  private CheckResult clockSkew() {
    AmiAnswer<Instant> answer = get(link.ping());
    String what = what("clock");
    if (!answer.ok()) {
      return CheckResult.warning(what, answer.said() + ".", "Look whether Asterisk is overloaded.");
    }
    Duration ahead = Duration.between(clock.instant(), answer.value().orElseThrow());
    String difference = ahead.abs().toMillis() + " ms " + (ahead.isNegative() ? "behind" : "ahead");
    return ahead.abs().compareTo(SKEW) <= 0
        ? CheckResult.ok(what, "It is " + difference + ".")
        : CheckResult.warning(
            what,
            "It is "
                + difference
                + " of this watcher's. The gate goes by the PBX's own clock and is not affected,"
                + " but schedules and logs will not agree.",
            "Let both machines keep the time by NTP.");
  }

  private CheckResult gate(String context) {
    String what = what("role gate");
    AmiAnswer<List<DialplanLine>> gate = get(link.dialplan(GATE, "s", LIMIT));
    if (!gate.ok() || gate.value().orElseThrow().isEmpty()) {
      return gate.said().contains("context")
          ? CheckResult.failure(
              what,
              "There is no context " + GATE + ", so a demoted PBX would go on taking calls.",
              INSTALL)
          : CheckResult.warning(
              what,
              "It cannot be looked at: " + gate.said() + ".",
              "Look at dialplan show " + GATE);
    }
    AmiAnswer<List<DialplanLine>> inbound = get(link.dialplan(context, LIMIT));
    boolean used =
        inbound.value().stream()
            .flatMap(List::stream)
            .anyMatch(line -> line.data().contains(GATE) && !line.extension().equals("lk-canary"));
    return used
        ? CheckResult.ok(what, "Calls to " + context + " come past it.")
        : CheckResult.failure(
            what,
            "Calls to " + context + " do not come past it, so a demoted PBX goes on taking them.",
            INSTALL);
  }

  private CheckResult canary(String context) {
    AmiAnswer<String> answer = get(link.canary(context, LIMIT));
    return answer.ok()
        ? CheckResult.ok(what("test call"), "It ran through " + context + ".")
        : CheckResult.failure(
            what("test call"),
            "It did not run through " + context + ": " + answer.said() + ".",
            INSTALL + " If it is there, the AMI user lacks read = user.");
  }

  private CheckResult carrierTest() {
    String what = what("carrier's test call");
    AmiAnswer<List<DialplanLine>> answer = get(link.dialplan(CARRIER_TEST, "s", LIMIT));
    if (answer.ok() && !answer.value().orElseThrow().isEmpty()) {
      return CheckResult.ok(what, "There is a context " + CARRIER_TEST + " to answer it.");
    }
    return answer.said().contains("context")
        ? CheckResult.failure(
            what,
            "There is no context "
                + CARRIER_TEST
                + ", so every test call of the carrier's (carrier: test-call) would seem to fail.",
            "Include dialplans' linekeeper.conf, lead the test number behind the gate to "
                + CARRIER_TEST
                + ",s,1 and run dialplan reload; or take test-call out of linekeeper.yml.")
        : CheckResult.warning(
            what,
            "It cannot be looked at: " + answer.said() + ".",
            "Look at dialplan show " + CARRIER_TEST);
  }

  private Optional<String> variable(String expression) {
    return get(link.variable(expression, LIMIT)).value().filter(value -> !value.isEmpty());
  }

  private CheckResult callLimit() {
    AmiAnswer<CallLimit> answer = get(link.callLimit(LIMIT));
    String what = what("call limit");
    if (!answer.ok()) {
      return CheckResult.warning(what, answer.said() + ".", "Give the AMI user write = reporting.");
    }
    CallLimit limit = answer.value().orElseThrow();
    if (limit.reached()) {
      return CheckResult.failure(
          what, limit.words() + ", so it takes no more.", "Raise maxcalls in asterisk.conf.");
    }
    return Room.tight(limit)
        ? CheckResult.warning(
            what,
            limit.words() + "; test calls need room as well.",
            "Raise maxcalls in asterisk.conf.")
        : CheckResult.ok(what, limit.words() + ".");
  }

  private CheckResult registrations() {
    AmiAnswer<List<Registration>> answer = get(link.registrations(LIMIT));
    String what = what("trunk registrations");
    if (!answer.ok()) {
      return CheckResult.warning(what, answer.said() + ".", "Give the AMI user write = reporting.");
    }
    List<Registration> rows = answer.value().orElseThrow();
    List<String> missing = CallProbe.missing(scope.registrations(), rows);
    if (missing.isEmpty()) {
      return CheckResult.ok(what, "All are registered.");
    }
    Set<String> configured = rows.stream().map(Registration::name).collect(Collectors.toSet());
    String said = String.join(", ", missing);
    return standby && configured.containsAll(scope.registrations())
        ? CheckResult.ok(what, said + ": a standby is registered when it is promoted.")
        : CheckResult.failure(
            what,
            said + ", so the provider does not know where to send calls.",
            "Look at pjsip show registrations, or correct the names here. While the standby serves,"
                + " this is as it should be.");
  }
}
