package org.linekeeper.actuator.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.secret.Secret;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;

/** Debian's own BIND, on this machine's loopback, with a key that may and one that may not. */
@Tag("lab")
class DnsNamesIT {
  private static final String KEY = "c2VjcmV0LW9mLXRoZS1vZmZpY2UtZm9yLWl0cy1uYW1lcw==";
  private static final String OTHER = "YW5vdGhlci1zZWNyZXQtb2YtdGhlLXNhbWUtbGVuZ3RoIQ==";
  private static final NameRecords A = new NameRecords(30, List.of("192.0.2.10"));
  private static final NameRecords B = new NameRecords(30, List.of("192.0.2.11"));

  private final Path directory;
  private final int port;
  private Process bind;

  DnsNamesIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @BeforeEach
  void startBind() throws IOException {
    Path root = AsteriskRoot.with("bind-9", "bookworm", "bind9");
    Files.writeString(
        directory.resolve("named.conf"),
        """
        options {
          directory "/mnt"; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; };
          pid-file none; recursion no; dnssec-validation no; session-keyfile "/mnt/session.key";
        };
        controls { };
        key "linekeeper" { algorithm hmac-sha256; secret "%s"; };
        key "reader" { algorithm hmac-sha256; secret "%s"; };
        zone "office.example" { type primary; file "office.zone"; allow-update { key linekeeper; }; };
        """
            .formatted(port, KEY, KEY));
    Files.writeString(
        directory.resolve("office.zone"),
        """
        $TTL 600
        @ IN SOA ns hostmaster 1 3600 600 86400 60
        @ IN NS ns
        ns IN A 127.0.0.1
        sip IN A 192.0.2.10
        _sip._udp IN SRV 10 10 5060 pbx-a
        """);
    bind =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount --bind \"$1\" \"$2/mnt\" && exec chroot \"$2\" /usr/sbin/named -g -n 1 -c"
                    + " /mnt/named.conf",
                "sh",
                directory.toString(),
                root.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File("target/bind.log"))
            .start();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> !read(names("linekeeper", KEY, Clock.systemUTC()), sip(A, A)).isEmpty());
  }

  @AfterEach
  void stopBind() throws InterruptedException {
    bind.destroyForcibly();
    assertThat(bind.waitFor(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theNameFollowsTheServiceThereAndBackWithTheTtlThatItHad() {
    DnsNames names = names("linekeeper", KEY, Clock.systemUTC());
    NameRecords found = read(names, sip(A, A)).orElseThrow();
    assertThat(found).isEqualTo(new NameRecords(600, List.of("192.0.2.10")));

    assertThat(point(names, sip(found, B)))
        .isEqualTo(Outcome.applied("sip.office.example A says 192.0.2.11 now"));
    assertThat(read(names, sip(B, B))).contains(B);
    assertThat(point(names, sip(found, B)).kind()).isEqualTo(Outcome.Kind.ALREADY);
    assertThat(point(names, sip(B, found)).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(read(names, sip(A, A))).contains(found);
  }

  @Test
  void aServiceRecordToo() {
    DnsNames names = names("linekeeper", KEY, Clock.systemUTC());
    Step.PointName step =
        new Step.PointName(
            "office.example",
            "_sip._udp.office.example",
            ServiceName.Type.SRV,
            new NameRecords(30, List.of("10 10 5060 pbx-a.office.example")),
            new NameRecords(
                30,
                List.of("10 10 5060 pbx-b.office.example.", "20 10 5060 pbx-a.office.example")));
    assertThat(point(names, step).kind()).isEqualTo(Outcome.Kind.APPLIED);
    assertThat(read(names, step)).contains(step.want());
  }

  @Test
  void whatSomebodyElseHasChangedIsLeftAlone() {
    DnsNames names = names("linekeeper", KEY, Clock.systemUTC());
    NameRecords theirs = new NameRecords(30, List.of("192.0.2.99"));
    assertThat(point(names, sip(A, theirs)).kind()).isEqualTo(Outcome.Kind.APPLIED);
    Outcome outcome = point(names, sip(A, B));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(outcome.said()).contains("says 192.0.2.99").contains("somebody else");
    assertThat(read(names, sip(A, A))).contains(theirs);
  }

  @Test
  void eachRefusalSaysWhatToDo() {
    Clock now = Clock.systemUTC();
    assertThat(refusal(names("linekeeper", OTHER, now)))
        .contains("BADSIG")
        .contains("copy it anew");
    assertThat(refusal(names("stranger", KEY, now)))
        .contains("BADKEY")
        .contains("does not know key");
    assertThat(refusal(names("linekeeper", KEY, Clock.offset(now, Duration.ofMinutes(10)))))
        .contains("BADTIME")
        .contains("NTP");
    assertThat(refusal(names("reader", KEY, now))).contains("REFUSED").contains("allow-update");
    Step.PointName elsewhere =
        new Step.PointName("other.example", "sip.other.example", ServiceName.Type.A, A, B);
    Outcome outcome = point(names("linekeeper", KEY, now), elsewhere);
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    assertThat(outcome.said()).contains("REFUSED").contains("other.example");
    assertThat(read(names("linekeeper", KEY, now), sip(A, A)).orElseThrow().says(A)).isTrue();
  }

  @Test
  void aServerThatIsDeadOrHungLeavesItUnknown() throws Exception {
    DnsNames names = names("linekeeper", KEY, Clock.systemUTC());
    String pid = Long.toString(bind.pid());
    assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
    Outcome hung = point(names, sip(A, B));
    assertThat(hung.kind()).isEqualTo(Outcome.Kind.UNKNOWN);
    assertThat(hung.said()).contains("does not answer within 1.0 s").contains("TCP port");
    bind.destroyForcibly();
    assertThat(bind.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(point(names, sip(A, B)).kind()).isEqualTo(Outcome.Kind.UNKNOWN);
  }

  private String refusal(DnsNames names) {
    Outcome outcome = point(names, sip(A, B));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REJECTED);
    return outcome.said();
  }

  private DnsNames names(String key, String secret, Clock clock) {
    return new DnsNames(
        new DnsAccess(
            "127.0.0.1", port, key, "hmac-sha256", Secret.of(secret), Duration.ofSeconds(1)),
        clock);
  }

  private static Step.PointName sip(NameRecords before, NameRecords want) {
    return new Step.PointName(
        "office.example", "sip.office.example", ServiceName.Type.A, before, want);
  }

  private static Outcome point(DnsNames names, Step.PointName step) {
    return names.point(step).toCompletableFuture().join();
  }

  private static Optional<NameRecords> read(DnsNames names, Step.PointName step) {
    return names.read(step).toCompletableFuture().join();
  }
}
