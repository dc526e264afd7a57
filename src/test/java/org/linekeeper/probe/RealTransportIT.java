package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.TwilioCarrier;
import org.linekeeper.carrier.twilio.TwilioSettings;
import org.linekeeper.check.CheckResult;
import org.linekeeper.contract.ContractRecorder;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.SimulatedCarrier;
import org.linekeeper.demo.carrier.SipCallLeg;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabNetwork;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.MadeCertificate;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipAnswer;
import org.linekeeper.sip.SipCaller;
import org.linekeeper.sip.SipOptionsClient;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * The trunk as the carrier sees it: TLS with a real Asterisk, and calls from outside with sound.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealTransportIT {
  private static final PbxId PRIMARY = new PbxId("primary");
  private static final PhoneNumber NUMBER = new PhoneNumber("+441632960190");
  private static final PhoneNumber FROM = new PhoneNumber("+441632960191");
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Ticker ticker = Ticker.system();
  private final Workers workers = Workers.start(ticker);
  private final IoLoop loop = IoLoop.start("real-transport-it", ticker);
  private LabNetwork network;
  private LabPbx pbx;
  private MadeCertificate good;
  private MadeCertificate old;
  private volatile Duration skipped = Duration.ZERO;

  @BeforeAll
  void install(@TempDir Path made) throws Exception {
    network = LabNetwork.create();
    pbx = LabPbx.plain(network, "primary", AsteriskRoot.v22());
    String here = "ip:" + pbx.host().address();
    good = MadeCertificate.make(made, here, -10, 60);
    old = MadeCertificate.make(made, here, -60, -5);
    pjsip(
        Files.readString(conf())
            + "\n[tls]\ntype = transport\nprotocol = tls\nbind = "
            + pbx.host().address()
            + ":5061\ncert_file = /etc/asterisk/sip.pem\npriv_key_file = /etc/asterisk/sip.key\n"
            + "method = tlsv1_2\n");
    shows(good);
  }

  @AfterAll
  void remove() {
    workers.close();
    loop.close();
    network.close();
  }

  private Path conf() {
    return pbx.host().directory().resolve("etc/pjsip.conf");
  }

  private void pjsip(String text) throws Exception {
    Files.writeString(conf(), text);
  }

  private void shows(MadeCertificate certificate) throws Exception {
    Files.writeString(conf().resolveSibling("sip.pem"), Files.readString(certificate.certificate));
    Files.writeString(conf().resolveSibling("sip.key"), Files.readString(certificate.key));
    pbx.restart();
  }

  private AmiAccess ami() {
    return new AmiAccess(
        PRIMARY,
        pbx.ami().getHostString(),
        pbx.ami().getPort(),
        false,
        Optional.empty(),
        pbx.amiUser(),
        Secret.of(pbx.amiSecret()));
  }

  private SipAccess tls(MadeCertificate trusted) {
    return new SipAccess(
        PRIMARY,
        pbx.host().address(),
        5061,
        SipTransport.TLS,
        Optional.empty(),
        Optional.of(trusted.authority));
  }

  private SipAnswer options(MadeCertificate trusted) {
    SipAccess access = tls(trusted);
    InetSocketAddress address = new InetSocketAddress(access.host(), access.port());
    try (SipOptionsClient client = new SipOptionsClient(loop, access.target(address))) {
      return client.ask(LIMIT).toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private List<CheckResult> certificates(MadeCertificate trusted) {
    try (CertificateProbe probe =
        new CertificateProbe(
            ami(), tls(trusted), Duration.ofDays(21), InstantSource.system(), workers)) {
      return probe.check();
    }
  }

  @Test
  @Order(1)
  void optionsOverTlsAreAnsweredAndTheCertificateIsGood() {
    assertThat(options(good)).matches(SipAnswer::ok, "answered");
    assertThat(certificates(good))
        .extracting(CheckResult::level)
        .containsExactly(CheckResult.Level.OK);
  }

  @Test
  @Order(2)
  void aCertificateOfAnotherAuthorityIsNotBelieved() {
    assertThat(options(old).sentence()).contains("nobody whom this watcher trusts vouches");
  }

  @Test
  @Order(3)
  void theCertificateRunsOut() throws Exception {
    shows(old);

    assertThat(options(old).kind()).isEqualTo(SipAnswer.Kind.NOT_TRUSTED);
    assertThat(options(old).sentence()).contains("its certificate has run out");
    assertThat(certificates(old).get(0).said()).contains(" ended on ", "delivers no calls");
  }

  @Test
  @Order(4)
  void theCarriersOwnCallIsHeard() throws Exception {
    assertThat(carrierCalls().seen()).isEqualTo(Seen.ANSWERED);
    assertThat(pbx.complaints()).noneMatch(line -> line.contains("CDR"));
  }

  @Test
  @Order(5)
  void aWrongExternalAddressIsAnsweredAndNotHeard() throws Exception {
    String own = pbx.host().address();
    String wrong = own.substring(0, own.lastIndexOf('.')) + ".250";
    pjsip(
        Files.readString(conf())
            .replace(
                "protocol = udp\n",
                "protocol = udp\nlocal_net = "
                    + own
                    + "/32\nexternal_media_address = "
                    + wrong
                    + "\n"));
    pbx.restart();

    Observation deaf = carrierCalls();
    assertThat(deaf.seen()).isEqualTo(Seen.FAILED);
    assertThat(deaf.said()).contains("nothing of it was heard", "external_media_address");
  }

  /** One test call, from asking the carrier to what the PBX heard. */
  private Observation carrierCalls() throws Exception {
    LinkedBlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
    try (SimulatedCarrier simulated =
            SimulatedCarrier.start(
                new InetSocketAddress("127.0.0.1", 0),
                Account.demo(),
                InstantSource.system(),
                new SipCallLeg(new SipCaller(loop), Duration.ofMillis(20)));
        PbxLink link = new PbxLink(ami(), Profile.lan(), workers)) {
      ContractRecorder contract = ContractRecorder.attach(simulated);
      String trunk = simulated.provisioning().trunk("office", null);
      simulated
          .provisioning()
          .originationUrl(trunk, "primary", "sip:" + pbx.host().address() + ":5060", 10, 10);
      simulated.provisioning().number(NUMBER.e164(), Map.of("TrunkSid", trunk));
      simulated.provisioning().number(FROM.e164(), Map.of());
      String sid = simulated.account().sid();
      try (TwilioCarrier carrier =
              new TwilioCarrier(
                  TwilioSettings.of(
                      sid,
                      sid,
                      simulated.account().authToken(),
                      Optional.of(simulated.baseUrl()),
                      URI.create("https://example.com/divert")),
                  InstantSource.system(),
                  ticker);
          CarrierCalls calls =
              new CarrierCalls(
                  carrier,
                  new CarrierCalls.Plan(NUMBER, FROM, Optional.of(Duration.ofMinutes(15))),
                  () -> Optional.of(PRIMARY),
                  pbx -> link.hears(),
                  Optional::empty,
                  InstantSource.system(),
                  () -> ticker.now().plus(skipped),
                  seen::add)) {
        link.add(calls);
        link.start();
        Await.until("events", LIMIT, link::hears);
        calls.start();
        skipped = skipped.plusMinutes(16);
        Observation observation = seen.poll(25, TimeUnit.SECONDS);
        assertThat(observation).isNotNull();
        contract.assertKept();
        return observation;
      }
    }
  }
}
