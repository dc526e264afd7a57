package org.linekeeper.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.asterisk.PeerCall;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Profile;

/** The shipped echo call between two real PBXs, both Asterisk 22, as Linekeeper asks for it. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EchoCallIT {
  private static final String PEER = "linekeeper-peer";
  private static final Duration LIMIT = Duration.ofSeconds(5);

  final Workers workers = Workers.start(Ticker.system());
  LabNetwork network;
  LabPbx primary;
  LabPbx standby;
  PbxLink atPrimary;
  PbxLink atStandby;
  volatile String primaryHeard = "";

  AsteriskRoot primaryRoot() {
    return AsteriskRoot.v22();
  }

  AsteriskRoot standbyRoot() {
    return AsteriskRoot.v22();
  }

  @BeforeAll
  void twoPbxs() {
    network = LabNetwork.create();
    primary = LabPbx.plain(network, "primary", primaryRoot());
    standby = LabPbx.plain(network, "standby", standbyRoot());
    atPrimary = link(primary);
    atStandby = link(standby);
    await().until(() -> atPrimary.hears() && atStandby.hears());
  }

  private PbxLink link(LabPbx pbx) {
    PbxId id = new PbxId(pbx.host().name());
    String host = pbx.ami().getHostString();
    Secret secret = Secret.of(pbx.amiSecret());
    PbxLink link =
        new PbxLink(
            new AmiAccess(
                id, host, pbx.ami().getPort(), false, Optional.empty(), pbx.amiUser(), secret),
            Profile.lan(),
            workers);
    link.add(
        new PbxListener() {
          @Override
          public void onEchoed(PbxId at, String digits) {
            primaryHeard = at.equals(new PbxId("primary")) ? digits : primaryHeard;
          }
        });
    link.start();
    return link;
  }

  @AfterAll
  void remove() {
    List<String> complaints = new ArrayList<>(primary.complaints());
    complaints.addAll(standby.complaints());
    atPrimary.close();
    atStandby.close();
    workers.close();
    network.close();
    // one with encryption and one without, as a test makes them
    complaints.removeIf(line -> line.contains("Couldn't negotiate stream"));
    assertThat(complaints).as("what the PBXs had to say about all these stories").isEmpty();
  }

  @AfterEach
  void repair() {
    primary.host().clear();
    standby.host().clear();
    assertThat(callsUp(primary) + callsUp(standby)).as("calls left over").isZero();
  }

  @Test
  void digitsComeBackInBothDirections() {
    assertThat(echo(atStandby, "1357").heard()).isEqualTo("1357");
    assertThat(primaryHeard).isEqualTo("1357");
    assertThat(echo(atPrimary, "2468").heard()).isEqualTo("2468");
  }

  @Test
  void aLookTakesMilliseconds() {
    look(atStandby); // whoever is asked first has to find the endpoint
    long start = System.nanoTime();

    assertThat(look(atStandby).value().orElseThrow().code()).hasValue(486);

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("a look took " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Profile.lan().deep().lookDeadline());
  }

  @Test
  void onlyOneSuchCallIsUpAtATime() {
    var first = atStandby.echo(PEER, "1111", LIMIT);
    Await.until("the first call", LIMIT, () -> callsUp(primary) > 0);

    assertThat(echo(atStandby, "2222").status()).isEqualTo("TAKEN");
    assertThat(get(first).value().orElseThrow().heard()).isEqualTo("1111");
  }

  @Test
  void deadAudioIsHeardAsSilence() {
    primary.host().blockAudio();

    PeerCall call = echo(atStandby, "1234");

    assertThat(call.status()).isEqualTo("ANSWER");
    assertThat(call.heard()).isEmpty();
    await().until(() -> callsUp(primary) == 0);
  }

  @Test
  void audioThatIsDeadOneWayIsToldApart() {
    primary.host().loseAudioTo();
    assertThat(echo(atStandby, "1234").heard())
        .as("the called one hears nothing")
        .isEqualTo("****");

    primary.host().clear();
    standby.host().loseAudioTo();
    assertThat(echo(atStandby, "5678").heard()).as("the caller hears nothing").isEmpty();
    assertThat(primaryHeard).isEqualTo("5678");
    await().until(() -> callsUp(primary) + callsUp(standby) == 0);
  }

  @Test
  void withoutSipNobodyAnswersAndNobodyIsKeptWaiting() {
    primary.host().blockSip();

    assertThat(echo(atStandby, "1234").status()).isEqualTo("NOANSWER");
    AmiAnswer<PeerCall> look = look(atStandby);
    assertThat(look.ok()).isFalse();
    await().until(() -> callsUp(standby) == 0);
  }

  @Test
  void theEndpointCanCallNothingElse() {
    standby.cli("module load res_clioriginate.so");
    callFromStandby("lk-echo");
    await().until(() -> callsUp(primary) > 0);
    await().until(() -> callsUp(primary) + callsUp(standby) == 0);

    for (String extension : List.of("600", "999", "+441632960100", "lk-canary")) {
      callFromStandby(extension);
    }
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(1))
        .until(() -> callsUp(primary) == 0);
  }

  private void callFromStandby(String extension) {
    standby.cli("channel originate PJSIP/" + extension + "@" + PEER + " application Wait 1");
  }

  @Test
  void aStrangerWithoutThePasswordIsNotHeard() {
    SipCaller stranger = new SipCaller(network.stranger(), PEER);

    assertThat(stranger.call(primary.sip(), "lk-echo", LIMIT).status()).isEqualTo(401);
  }

  @Test
  void theSameWithEncryptedAudio() {
    for (LabPbx pbx : List.of(primary, standby)) {
      pbx.encryptPeer();
    }

    assertThat(echo(atStandby, "9753").heard()).isEqualTo("9753");

    standby.plainPeer();
    PeerCall mismatch = echo(atStandby, "9754");
    assertThat(mismatch.code()).as("%s", mismatch).hasValue(488);
    primary.plainPeer();
    assertThat(echo(atStandby, "9755").heard()).isEqualTo("9755");
  }

  @Test
  void aFreshLoginIsTakenAndLeavesNothingBehind() {
    assertThat(get(atPrimary.freshLogin()).kind()).isEqualTo(SessionNews.Kind.UP);
    await().until(() -> primary.cli("manager show connected").contains("2 users connected"));
  }

  private static int callsUp(LabPbx pbx) {
    String said = pbx.cli("core show channels count");
    return Integer.parseInt(said.replaceAll("(?s).*?(\\d+) active channel.*", "$1"));
  }

  private PeerCall echo(PbxLink from, String digits) {
    return get(from.echo(PEER, digits, LIMIT)).value().orElseThrow();
  }

  private static AmiAnswer<PeerCall> look(PbxLink from) {
    return get(from.look(PEER, Profile.lan().deep().lookDeadline()));
  }

  private static <T> T get(java.util.concurrent.CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
  }
}
