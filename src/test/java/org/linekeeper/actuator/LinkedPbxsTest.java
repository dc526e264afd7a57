package org.linekeeper.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.Registrar;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.lab.Await;
import org.linekeeper.net.IoLoop;
import org.linekeeper.secret.Secret;
import org.linekeeper.state.Outcome;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Profile;

/** What becomes of orders to a PBX that registers with its provider. */
class LinkedPbxsTest {
  private static final PbxId WEST = new PbxId("west");

  private final Ticker ticker = Ticker.system();
  private final Workers workers = Workers.start(ticker);
  private final IoLoop loop = IoLoop.start("linked-pbxs-test", ticker);
  private final SimulatedPbx pbx =
      new SimulatedPbx(
          loop,
          InstantSource.system(),
          PbxSettings.onLoopback("west", "linekeeper", "s3cret").registering(List.of("provider")));
  private PbxLink link;
  private LinkedPbxs pbxs;

  @BeforeEach
  void connect() throws Exception {
    pbx.start();
    link =
        new PbxLink(
            new AmiAccess(
                WEST,
                pbx.amiAddress().getHostString(),
                pbx.amiAddress().getPort(),
                false,
                Optional.empty(),
                "linekeeper",
                Secret.of("s3cret")),
            Profile.lan(),
            workers);
    link.start();
    Await.until("a session", Duration.ofSeconds(5), link::isUp);
    pbxs = new LinkedPbxs(List.of(link), () -> "GB");
  }

  @AfterEach
  void stop() {
    link.close();
    workers.close();
    pbx.close();
    loop.close();
  }

  @Test
  void anOrderCountsAsDoneOnlyWhenThePbxShowsIt() {
    assertThat(get(pbxs.register(WEST, "provider", false)))
        .isEqualTo(Outcome.applied("west unregisters provider: provider is unregistered"));
    assertThat(get(pbxs.register(WEST, "provider", true)))
        .isEqualTo(Outcome.applied("west registers provider: provider is registered"));
  }

  @Test
  void aProviderThatRefusesMeansRejectedAndOneThatIsSilentUnknown() {
    get(pbxs.register(WEST, "provider", false));
    pbx.registrar(Registrar.REFUSES);
    Outcome refused = get(pbxs.register(WEST, "provider", true));
    assertThat(refused.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(refused.said()).contains("refuses to register provider");

    pbx.registration("provider", true);
    pbx.registrar(Registrar.SILENT);
    Outcome silent = get(pbxs.register(WEST, "provider", false));
    assertThat(silent.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
  }

  @Test
  void aStandbyIsLeftAloneUntilItRegistersByItself() {
    get(pbxs.register(WEST, "provider", false));
    assertThat(get(pbxs.stayUnregistered(WEST, "provider")).kind()).isEqualTo(Outcome.Kind.ALREADY);

    pbx.registration("provider", true);
    assertThat(get(pbxs.stayUnregistered(WEST, "provider")).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(get(pbxs.stayUnregistered(WEST, "provider")).kind()).isEqualTo(Outcome.Kind.ALREADY);
  }

  private static Outcome get(CompletionStage<Outcome> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
