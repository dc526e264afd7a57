package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.MadeCertificate;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.sip.TlsPeer;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/** A certificate comes to its end, and people are told in time. */
class CertificateProbeTest {
  private static final PbxId WEST = new PbxId("west");
  private static final Duration WARNING = Duration.ofDays(21);

  private final Workers workers = Workers.start(Ticker.system());
  @TempDir Path directory;

  @AfterEach
  void close() {
    workers.close();
  }

  private CertificateProbe probe(TlsPeer pbx, Path trust, int daysLater) {
    String host = "127.0.0.1";
    return new CertificateProbe(
        new AmiAccess(WEST, host, 5038, false, Optional.empty(), "lk", Secret.of("x")),
        new SipAccess(
            WEST,
            host,
            pbx.address().getPort(),
            SipTransport.TLS,
            Optional.empty(),
            Optional.of(trust)),
        WARNING,
        () -> Instant.now().plus(Duration.ofDays(daysLater)),
        workers);
  }

  private Observation seen(TlsPeer pbx, Path trust, int daysLater) throws Exception {
    LinkedBlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
    OwnLiveness liveness = new OwnLiveness(workers, stall -> {});
    try (CertificateProbe probe = probe(pbx, trust, daysLater)) {
      probe.start(liveness, seen::add);
      Observation first = seen.poll(10, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.probe()).isEqualTo(Probe.TLS_CERT);
      return first;
    }
  }

  @Test
  void itIsGoodThenNearsItsEndThenIsUrgentThenHasEnded() throws Exception {
    MadeCertificate made = MadeCertificate.make(directory, "ip:127.0.0.1", -10, 60);
    try (TlsPeer pbx = new TlsPeer(made.server())) {
      Observation good = seen(pbx, made.authority, 0);
      assertThat(good.seen()).isEqualTo(Seen.ANSWERED);
      assertThat(good.said()).startsWith("the certificate for SIP (CN=pbx) is good until ");

      Observation soon = seen(pbx, made.authority, 45);
      assertThat(soon.seen()).isEqualTo(Seen.FAILED);
      assertThat(soon.said()).contains(" ends in 14 days, on ", "delivers no calls there over TLS");

      assertThat(seen(pbx, made.authority, 58).said()).contains("ends within three days");
      assertThat(seen(pbx, made.authority, 61).said()).contains(" ended on ", "renew it");
    }
  }

  @Test
  void oneThatNobodyVouchesForIsSaidToBe() throws Exception {
    MadeCertificate made = MadeCertificate.make(directory, "ip:127.0.0.1", -10, 60);
    MadeCertificate other = MadeCertificate.make(directory, "ip:127.0.0.1", -10, 60);
    try (TlsPeer pbx = new TlsPeer(made.server())) {
      Observation seen = seen(pbx, other.authority, 0);
      assertThat(seen.seen()).isEqualTo(Seen.FAILED);
      assertThat(seen.said()).contains("nobody whom this watcher trusts vouches");
    }
  }

  @Test
  void checkSaysWhatToDo() throws Exception {
    MadeCertificate old = MadeCertificate.make(directory, "ip:127.0.0.1", -40, -5);
    try (TlsPeer pbx = new TlsPeer(old.server());
        CertificateProbe probe = probe(pbx, old.authority, 0)) {
      List<CheckResult> results = probe.check();
      assertThat(results).hasSize(1);
      assertThat(results.get(0).level()).isEqualTo(CheckResult.Level.FAILURE);
      assertThat(results.get(0).what()).isEqualTo("certificate at west");
    }
  }

  @Test
  void whereNobodyAnswersNothingIsSaid() throws Exception {
    MadeCertificate made = MadeCertificate.make(directory, "ip:127.0.0.1", -10, 60);
    TlsPeer gone = new TlsPeer(made.server());
    gone.close();
    try (CertificateProbe probe = probe(gone, made.authority, 0)) {
      assertThat(probe.check()).isEmpty();
    }
  }
}
