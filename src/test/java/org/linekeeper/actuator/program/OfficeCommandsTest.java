package org.linekeeper.actuator.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.Offices;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Step;

/** The office's own programs, good and bad. */
class OfficeCommandsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Programs programs = new Programs(threads);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void aSocketIsSwitchedOffAndSaysSo() {
    Outcome outcome = run(sh("cut-power", "echo; echo socket 4 is off; echo more", 5000));
    assertThat(outcome).isEqualTo(Outcome.applied("cut-power succeeded: socket 4 is off"));
  }

  @Test
  void anotherStatusThanZeroIsARefusalWithItsFirstLine() {
    Outcome outcome = run(sh("cut-power", "echo wrong password >&2; exit 7", 5000));
    assertThat(outcome)
        .isEqualTo(Outcome.rejected("cut-power failed with status 7: wrong password"));
  }

  @Test
  void aProgramThatIsNotThereIsSaidToBeMissing() {
    Outcome outcome = run(new HostCommand("fence", List.of("/no/such/fence"), seconds(1)));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(outcome.said()).contains("fence cannot be started").contains("/no/such/fence");
  }

  @Test
  void whatTakesTooLongIsEndedWithItsChildrenAndNobodyKnowsHowFarItCame() {
    String mark = "98" + ProcessHandle.current().pid();
    Outcome outcome = run(sh("slow", "echo asking; sleep " + mark + " & sleep " + mark, 300));
    assertThat(outcome)
        .isEqualTo(Outcome.unknown("slow was ended, as it took longer than 0.3 s: asking"));
    await()
        .atMost(2, TimeUnit.SECONDS)
        .until(
            () ->
                ProcessHandle.allProcesses()
                    .noneMatch(p -> p.info().commandLine().orElse("").endsWith("sleep " + mark)));
  }

  @Test
  void ifTheHostCannotBeAskedItIsFenced() {
    Outcome outcome =
        run(
            sh("release", "echo no route to host; exit 255", 5000),
            sh("cut-power", "echo off", 5000));
    assertThat(outcome)
        .isEqualTo(
            Outcome.applied(
                "release failed with status 255: no route to host; then cut-power succeeded: off"));
  }

  @Test
  void itIsToldWhatItIsAboutAndNothingOfOurOwnEnvironment() {
    assertThat(System.getenv()).containsKey("HOME");
    Ended ended =
        programs
            .run(List.of("/usr/bin/env"), Map.of("LINEKEEPER_PBX", "primary"), "", seconds(5))
            .join();
    assertThat(ended.output().lines().map(line -> line.split("=", 2)[0]))
        .containsExactlyInAnyOrder("PATH", "LANG", "LINEKEEPER_PBX");
    Outcome told = run(sh("tell", "echo $LINEKEEPER_PBX $LINEKEEPER_TO $LINEKEEPER_KIND", 5000));
    assertThat(told.said()).endsWith("primary standby failover");
  }

  @Test
  void argumentsAreWordsAndNoShellReadsThem() {
    HostCommand echo = new HostCommand("echo", List.of("/bin/echo", "$HOME; a  b"), seconds(5));
    assertThat(run(echo).said()).isEqualTo("echo succeeded: $HOME; a  b");
  }

  @Test
  void aFloodOfOutputIsReadAndThrownAwayButItsBeginning() {
    Ended ended =
        programs
            .run(
                List.of("/bin/sh", "-c", "echo begin; head -c 3000000 /dev/zero | tr '\\0' x"),
                Map.of(),
                "",
                seconds(10))
            .join();
    assertThat(ended.succeeded()).isTrue();
    assertThat(ended.output()).startsWith("begin").hasSizeLessThanOrEqualTo(16 * 1024);
  }

  @Test
  void aDaemonThatKeepsTheOutputOpenIsNotWaitedFor() {
    Instant begun = Instant.now();
    Outcome outcome = run(sh("start", "echo started; sleep 3 & exit 0", 5000));
    assertThat(outcome).isEqualTo(Outcome.applied("start succeeded: started"));
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofMillis(2500));
  }

  @Test
  void oneThatIsKeptReadyIsToldTheSameAndDoesTheSameAgainAndAgain() {
    HostCommand fence =
        sh("fence", "echo $$ $LINEKEEPER_PBX $LINEKEEPER_KIND, no $HOME; cat; exit 0", 5000);
    try (OfficeCommands commands = new OfficeCommands(programs)) {
      commands.prepare(List.of(fence));
      for (int i = 0; i < 2; i++) {
        long waiting = await().until(() -> waiting(fence), Optional::isPresent).orElseThrow();
        assertThat(run(commands, fence))
            .isEqualTo(Outcome.applied("fence succeeded: " + waiting + " primary failover, no"));
      }
      assertThat(waiting(fence)).as("none waits yet").isEmpty();
      assertThat(run(commands, fence).said()).endsWith("primary failover, no");
    }
  }

  @Test
  void oneThatIsKeptReadyFailsAndIsEndedLikeAnyOther() {
    HostCommand refused = sh("fence", "echo wrong password >&2; exit 7", 5000);
    HostCommand slow = sh("slow", "echo asking; sleep 60", 300);
    HostCommand missing = new HostCommand("fence", List.of("/no/such/fence"), seconds(1));
    List<HostCommand> all = List.of(refused, slow, missing);
    try (OfficeCommands commands = new OfficeCommands(programs)) {
      commands.prepare(all);
      await().until(() -> all.stream().allMatch(each -> waiting(each).isPresent()));
      assertThat(run(commands, refused))
          .isEqualTo(Outcome.rejected("fence failed with status 7: wrong password"));
      assertThat(run(commands, slow))
          .isEqualTo(Outcome.unknown("slow was ended, as it took longer than 0.3 s: asking"));
      Outcome outcome = run(commands, missing);
      assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
      assertThat(outcome.said()).startsWith("fence cannot be started: /no/such/fence");
    }
  }

  /** What ends with us, or loses its pipe, must not switch anybody off on its way out. */
  @Test
  void oneThatIsNeverToldDoesNothingWhenItsInputEnds(@TempDir Path directory) {
    Path done = directory.resolve("done");
    List<String> argv = List.of("/bin/sh", "-c", "touch " + done);
    Spare halfTold = programs.whenTold(argv);
    await().until(halfTold::ready);
    assertThat(halfTold.run("LINEKEEPER_PBX=primary\n", seconds(5)).join().status()).hasValue(1);
    halfTold.close();
    Spare untold = programs.whenTold(argv);
    await().until(untold::ready);
    assertThat(untold.run("", seconds(5)).join().status()).hasValue(1);
    untold.close();
    assertThat(done).doesNotExist();
    Spare told = programs.whenTold(argv);
    await().until(told::ready);
    assertThat(told.tell(Map.of(), seconds(5)).join().succeeded()).isTrue();
    told.close();
    assertThat(done).exists();
  }

  @Test
  void oneThatDiedWhileItWaitedIsStartedAnew() {
    HostCommand fence = sh("fence", "echo off", 5000);
    try (OfficeCommands commands = new OfficeCommands(programs)) {
      commands.prepare(List.of(fence));
      long waiting = await().until(() -> waiting(fence), Optional::isPresent).orElseThrow();
      ProcessHandle process = ProcessHandle.of(waiting).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      assertThat(run(commands, fence)).isEqualTo(Outcome.applied("fence succeeded: off"));
    }
    await().until(() -> waiting(fence).isEmpty());
  }

  /** The process that waits to become it. */
  private static Optional<Long> waiting(HostCommand command) {
    String script = command.argv().get(command.argv().size() - 1);
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().arguments().map(List::of).orElse(List.of()).contains("told"))
        .filter(child -> child.info().arguments().map(List::of).orElse(List.of()).contains(script))
        .map(ProcessHandle::pid)
        .findFirst();
  }

  private Outcome run(HostCommand... ways) {
    return run(new OfficeCommands(programs), ways);
  }

  private static Outcome run(OfficeCommands commands, HostCommand... ways) {
    Step.RunCommand step =
        new Step.RunCommand(Offices.PRIMARY, Step.RunCommand.Use.FREE_ADDRESS, List.of(ways));
    Plan plan =
        new Plan(
            "p1",
            new Epoch(3),
            Plan.Kind.FAILOVER,
            "primary is gone",
            Instant.EPOCH,
            Optional.of(Offices.PRIMARY),
            Optional.of(Offices.STANDBY),
            List.of(step));
    return commands.run(step, plan).toCompletableFuture().join();
  }

  private static HostCommand sh(String name, String script, long deadline) {
    return new HostCommand(name, List.of("/bin/sh", "-c", script), Duration.ofMillis(deadline));
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
