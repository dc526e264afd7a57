package org.linekeeper.probe;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * Lets the other PBX call this one and listen. What is reported is said of the PBX that is called;
 * where the caller cannot call, or either has hardly a call slot left, nobody is asked and nothing
 * is said.
 */
final class EchoProbe {
  private static final String CONTEXT = "linekeeper-listen";

  private final Side from;
  private final Side to;
  private final Profile profile;
  private final Digits digits = new Digits();
  private final Outstanding outstanding = Outstanding.one();
  private final Rest rest = new Rest(Duration.ofMinutes(10), Duration.ofMinutes(10));
  private volatile String echoed = "";

  EchoProbe(Side from, Side to, Profile profile) {
    this.from = from;
    this.to = to;
    this.profile = profile;
  }

  void ask() {
    if (rest.over(to.reporter().now()) && from.room().enough() && to.room().enough()) {
      outstanding.ask(this::call);
    }
  }

  /** What the called PBX says that it has heard. */
  void echoed(String heard) {
    echoed = heard;
  }

  private CompletionStage<Void> call() {
    Duration asked = to.reporter().now();
    String sent = digits.next();
    return from.link()
        .echo(from.peer(), sent, profile.deep().echoDeadline())
        .thenCompose(
            answer ->
                switch (answer.kind()) {
                  case DONE -> done(() -> heard(answer.value().orElseThrow(), sent, asked));
                  case NOT_ALLOWED -> done(() -> report(Seen.NOT_ASKED, asked, answer.said()));
                  case REFUSED -> notRun(asked);
                  case SILENT, NOT_CONNECTED -> done(() -> {}); // the caller's own trouble
                });
  }

  private void heard(PeerCall call, String sent, Duration asked) {
    rest.answered(EchoFinding.ofAStranger(call), to.reporter().now());
    EchoFinding.of(from.pbx(), to.pbx(), call, sent, echoed.equals(sent))
        .ifPresent(finding -> report(finding.seen(), asked, finding.said()));
  }

  private void report(Seen seen, Duration asked, String said) {
    to.reporter().answer(Probe.ECHO, seen, asked, said);
  }

  /**
   * It was queued, and nothing came of it: the caller is full or broken, or has no such context.
   */
  private CompletionStage<Void> notRun(Duration asked) {
    return from.link()
        .dialplan(CONTEXT, "lk-echo", profile.deadline())
        .thenAccept(
            there -> {
              if (there.kind() == AmiAnswer.Kind.REFUSED) {
                report(
                    Seen.NOT_ASKED,
                    asked,
                    from.pbx()
                        + " has no context "
                        + CONTEXT
                        + "; install the new linekeeper.conf on both as dialplans/README.md says, or"
                        + " write peer-endpoint: off");
              }
            });
  }

  private static CompletionStage<Void> done(Runnable report) {
    report.run();
    return CompletableFuture.completedFuture(null);
  }
}
