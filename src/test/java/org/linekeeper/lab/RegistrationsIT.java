package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.demo.carrier.Provisioning;

/**
 * Two real Asterisks that register with a provider, who sends calls to whichever registered last.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationsIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final Duration CALL = Duration.ofSeconds(1);

  private LabOffice lab;
  private LabProvider provider;
  private LabLinekeeper linekeeper;

  @BeforeAll
  void open() {
    lab = LabOffice.registering(AsteriskRoot.v22());
    provider = LabProvider.open(lab.network());
    // They asked to be registered before the provider was there.
    lab.primary().restart();
    lab.standby().restart();
    lab.settings(
        Map.of(
            "origination-url: " + Provisioning.originationUrlSid("primary"),
            "registrations: [provider]",
            "origination-url: " + Provisioning.originationUrlSid("standby"),
            "registrations: [provider]"));
  }

  @AfterAll
  void close() {
    provider.close();
    lab.close();
  }

  @BeforeEach
  void primaryServes() {
    provider.refuseNobody();
    for (LabPbx pbx : List.of(lab.primary(), lab.standby())) {
      if (!pbx.isRunning()) {
        pbx.start();
      }
    }
    linekeeper = LabLinekeeper.start(lab);
    linekeeper.primaryServes();
    await().atMost(SOON).until(() -> provider.sendsTo(lab.primary()));
    await().atMost(SOON).until(() -> !provider.knows(lab.standby()));
    assertThat(provider.call(CALL).answeredBy(lab.primary())).isTrue();
  }

  @AfterEach
  void stop() {
    linekeeper.close();
  }

  @Test
  void theStandbyRegistersWhenThePrimaryIsKilledAndThePrimaryIsTakenOffTheTrunkWhenItReturns() {
    lab.primary().kill9();
    await().atMost(Duration.ofSeconds(5)).until(() -> provider.sendsTo(lab.standby()));
    assertThat(provider.call(CALL).answeredBy(lab.standby())).isTrue();

    lab.primary().start();
    await().atMost(Duration.ofSeconds(5)).until(() -> !provider.knows(lab.primary()));
    Await.pause(Duration.ofSeconds(3));
    assertThat(provider.knows(lab.primary())).as("it does not register again").isFalse();
    assertThat(provider.call(CALL).answeredBy(lab.standby())).isTrue();
    assertThat(linekeeper.active()).isEqualTo("standby");
  }

  @Test
  void whoeverRegistersAStandbyByHandIsCorrected() {
    lab.standby().cli("pjsip send register provider");
    await().atMost(Duration.ofSeconds(5)).until(() -> provider.sendsTo(lab.standby()));
    await().atMost(Duration.ofSeconds(5)).until(() -> provider.sendsTo(lab.primary()));
  }

  @Test
  void aPlannedMoveThereAndBackLosesNoCall() {
    try (Stream calls = new Stream()) {
      linekeeper.command("SWITCH");
      await().atMost(SOON).until(() -> !provider.knows(lab.primary()));
      linekeeper.awaitCalm();
      linekeeper.command("FAILBACK");
      await().atMost(SOON).until(() -> !provider.knows(lab.standby()));
      linekeeper.awaitCalm();
      assertThat(calls.end()).contains("primary", "standby").doesNotContain("nobody");
    }
    assertThat(linekeeper.active()).isEqualTo("primary");
  }

  @Test
  void aProviderThatRefusesTheStandbyLeavesThePrimaryServing() {
    provider.refuse(lab.standby());
    try (Stream calls = new Stream()) {
      long epoch = linekeeper.epoch();
      linekeeper.command("SWITCH");
      await().atMost(SOON).until(() -> linekeeper.epoch() == epoch + 2);
      linekeeper.awaitCalm();
      assertThat(calls.end()).containsOnly("primary");
    }
    assertThat(linekeeper.active()).isEqualTo("primary");
    assertThat(linekeeper.said("STATUS")).contains("primary");
  }

  @Test
  void withLinekeeperAndThePrimaryDeadTheStandbyRegistersByItself() {
    Path alone = Path.of("dialplans/linekeeper-alone.sh");
    String primary = lab.primary().host().address();
    linekeeper.close();
    Await.pause(Duration.ofSeconds(7)); // the gate's lease is 5 s
    lab.standby().run(alone, "provider", primary);
    Await.pause(Duration.ofSeconds(2));
    assertThat(provider.knows(lab.standby())).as("the primary listens").isFalse();

    lab.primary().kill9();
    assertThat(provider.call(CALL).status()).as("nobody").isZero();
    lab.standby().run(alone, "provider", primary);
    await().atMost(Duration.ofSeconds(5)).until(() -> provider.sendsTo(lab.standby()));
    assertThat(provider.call(CALL).answeredBy(lab.standby())).isTrue();

    lab.primary().start();
    lab.standby().run(alone, "provider", primary);
    await().atMost(Duration.ofSeconds(5)).until(() -> provider.sendsTo(lab.primary()));
    await().atMost(Duration.ofSeconds(5)).until(() -> !provider.knows(lab.standby()));
  }

  /** A caller every 100 ms, until it is ended. */
  private final class Stream implements AutoCloseable {
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final CompletableFuture<List<String>> answers =
        CompletableFuture.supplyAsync(this::call);

    private List<String> call() {
      List<String> who = new ArrayList<>();
      while (going.get()) {
        CallResult call = provider.call(CALL);
        who.add(
            List.of(lab.primary(), lab.standby()).stream()
                .filter(call::answeredBy)
                .map(pbx -> pbx.host().name())
                .findFirst()
                .orElse("nobody"));
        Await.pause(Duration.ofMillis(100));
      }
      return who;
    }

    List<String> end() {
      going.set(false);
      return answers.join();
    }

    @Override
    public void close() {
      going.set(false);
    }
  }
}
