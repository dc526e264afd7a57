package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.linekeeper.failover.CommandDesk;
import org.linekeeper.failover.Overview;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.state.Actor;
import org.linekeeper.verdict.Verdict;

/** A Linekeeper beside the lab's office, in this process so that a test can look into it. */
public final class LabLinekeeper implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Actor ENGINEER = new Actor(Actor.Door.CLI, "engineer");

  private final Service service;

  private LabLinekeeper(Service service) {
    this.service = service;
  }

  /** Starts it, and returns when it sees both PBXs healthy and the carrier. */
  public static LabLinekeeper start(LabOffice lab) {
    SettingsRead read = Service.reader().read(lab.directory());
    assertThat(read.problems()).isEmpty();
    Service service =
        Service.start(
            read.settings().orElseThrow(),
            lab.directory(),
            Clocks.system(),
            fatal -> {
              throw new AssertionError(fatal);
            });
    LabLinekeeper started = new LabLinekeeper(service);
    started.awaitCalm();
    return started;
  }

  public Service service() {
    return service;
  }

  /** Waits until nothing is wrong and nothing is under way. */
  public void awaitCalm() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Overview overview = service.loop().overview();
              assertThat(overview.troubles()).isEmpty();
              assertThat(overview.carrierReachable()).isTrue();
              assertThat(overview.state().openPlans()).isEmpty();
              assertThat(overview.verdicts().values())
                  .hasSize(2)
                  .allMatch(
                      verdict -> verdict.kind() == Verdict.Kind.HEALTHY || isStandby(verdict));
            });
  }

  /** One that has been taken off the trunk; only where PBXs register with the provider. */
  private boolean isStandby(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.TRUNK_DOWN && !verdict.pbx().name().equals(active());
  }

  public String active() {
    return service.journal().state().active().orElseThrow().name();
  }

  /** How often it has changed which PBX serves. */
  public long epoch() {
    return service.journal().state().epoch().number();
  }

  /** Commands as an engineer would; it must be accepted. */
  public String command(String words) {
    CommandDesk.Told told = told(words);
    assertThat(told.accepted()).as(told.text()).isTrue();
    return told.text();
  }

  /** Commands as an engineer would; it must be refused. */
  public String refusal(String words) {
    CommandDesk.Told told = told(words);
    assertThat(told.accepted()).as(told.text()).isFalse();
    return told.text();
  }

  /** What is said to a command, accepted or not. */
  public String said(String words) {
    return told(words).text();
  }

  private CommandDesk.Told told(String words) {
    try {
      return service
          .commands()
          .say(words, ENGINEER)
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(words, e);
    }
  }

  /** Makes the primary serve, whatever was before. */
  public void primaryServes() {
    if (!active().equals("primary")) {
      command("FAILBACK");
    }
    await().atMost(SOON).until(() -> active().equals("primary"));
    awaitCalm();
  }

  @Override
  public void close() {
    service.close();
  }
}
