package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.command.DialogueRules;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.SiteId;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.estate.Target;
import org.linekeeper.estate.TargetPolicy;
import org.linekeeper.estate.Trunk;
import org.linekeeper.secret.Secret;
import org.linekeeper.verdict.Profile;

/** For each record: what it is when nobody says anything, and what every key does. */
class DefaultsAndEveryKeyTest {
  private static final PbxId PBX_A = new PbxId("pbx-a");
  private static final PbxId PBX_B = new PbxId("pbx-b");
  private static final PhoneNumber MAIN = new PhoneNumber("+441632960001");

  private final ConfigDir config;

  DefaultsAndEveryKeyTest(@TempDir Path directory) {
    config = new ConfigDir(directory);
  }

  @Test
  void anOfficeThatSaysOnlyWhatItMustGetsWhatIsShipped() {
    Settings settings = config.settings();

    assertThat(settings.local().watcher()).isEqualTo("watcher-1");
    assertThat(settings.local().journal()).isEqualTo(Path.of("/var/lib/linekeeper/journal"));
    assertThat(settings.local().profile()).isEqualTo(Profile.lan());
    assertThat(settings.local().retention()).isEqualTo(new Retention(Duration.ofDays(400)));
    assertThat(settings.estate().rules()).isEqualTo(Rules.defaults());
    assertThat(settings.estate().targets()).isEqualTo(new TargetPolicy("GB", List.of()));
    assertThat(settings.estate().trunk())
        .isEqualTo(new Trunk("TK00000000000000000000000000000000", Optional.empty()));
    assertThat(settings.estate().schedule().zone()).isEqualTo(ZoneId.of("Europe/London"));
    assertThat(settings.hash()).matches("[0-9a-f]{64}");
  }

  @Test
  void theOfficeItsWatcherAndWhatHappensByItselfWithEveryKey() {
    config
        .change(Snapshot.OFFICE, "name: Example,", "name: Exemple SA,")
        .change(
            Snapshot.OFFICE,
            "region: GB, time-zone: Europe/London",
            "region: FR, time-zone: Europe/Paris")
        .append(
            Snapshot.OFFICE,
            """
            watcher: {name: "${env:WATCHER}", journal: state}
            watching: {profile: wan, freeze-tolerance: 9s}
            failover:
              mode: observe
              hold-down: 1h30m
              divert-when-no-pbx: no
              divert-after: 90s
              return-after: 2m
              gate-lease: 15s
            edits: {confirm-above: 0}
            targets: {allowed-prefixes: ["+447", +33 6]}
            retention: {journal: 30d}
            """)
        .write(Snapshot.NUMBERS, "numbers: [{number: +44 1632 960001, divert-to: alice}]")
        .write(Snapshot.STAFF, "staff: {alice: {name: Alice, mobile: +44 7700 900101}}");

    Settings settings = config.settings();

    assertThat(settings.estate().office()).isEqualTo("Exemple SA");
    assertThat(settings.estate().schedule().zone()).isEqualTo(ZoneId.of("Europe/Paris"));
    assertThat(settings.estate().targets())
        .isEqualTo(new TargetPolicy("FR", List.of("+447", "+336")));
    assertThat(settings.estate().rules())
        .isEqualTo(
            new Rules(
                Rules.Mode.OBSERVE,
                Duration.ofMinutes(90),
                false,
                Duration.ofSeconds(90),
                Duration.ofMinutes(2),
                Duration.ofSeconds(15),
                0));
    assertThat(settings.local().watcher()).isEqualTo("watcher-7");
    assertThat(settings.local().journal()).isEqualTo(config.path.resolve("state"));
    assertThat(settings.local().profile())
        .isEqualTo(Profile.wan().withFreezeTolerance(Duration.ofSeconds(9)));
    assertThat(settings.local().retention()).isEqualTo(new Retention(Duration.ofDays(30)));
  }

  private static final String THREE =
      """
      watchers:
        watcher-1: {host: 192.0.2.11, failure-domain: a, beside: pbx-b}
        watcher-2: {host: 192.0.2.10, port: 7071, failure-domain: b}
        watcher-7: {host: 198.51.100.7, port: 7072, failure-domain: c}
      """;

  @Test
  void watchersListenOnEveryAddressAtThePortToWhichTheOthersConnect() {
    config.append(Snapshot.OFFICE, "watcher: {name: watcher-7}\n" + THREE);

    assertThat(config.settings().local().peers())
        .contains(
            new Peers(
                List.of(
                    new Peers.Peer("watcher-1", "192.0.2.11", 7070, "a", Optional.of(PBX_B)),
                    new Peers.Peer("watcher-2", "192.0.2.10", 7071, "b", Optional.empty()),
                    new Peers.Peer("watcher-7", "198.51.100.7", 7072, "c", Optional.empty())),
                Path.of("/etc/linekeeper/watchers"),
                Optional.empty(),
                7072));
  }

  @Test
  void aWatcherToWhichAPortIsForwardedListensElsewhere() {
    config.append(
        Snapshot.OFFICE,
        "watcher: {name: watcher-7, keys: keys, bind: 10.0.0.7, port: 17072}\n" + THREE);

    Peers peers = config.settings().local().peers().orElseThrow();
    assertThat(peers.keys()).isEqualTo(config.path.resolve("keys"));
    assertThat(peers.bind()).contains("10.0.0.7");
    assertThat(peers.port()).isEqualTo(17072);
    assertThat(peers.watchers().get(2).port()).as("to which the others connect").isEqualTo(7072);
  }

  @Test
  void thePageAsShippedIsForThisMachineOnly() {
    assertThat(config.settings().local().web())
        .isEqualTo(
            new WebSettings(
                "127.0.0.1", 8080, Optional.empty(), List.of(), Optional.empty(), false));
  }

  @Test
  void thePageWithEveryKey() throws Exception {
    Files.writeString(config.path.resolve("cert.pem"), "x");
    Files.writeString(config.path.resolve("key.pem"), "x");
    config.append(
        Snapshot.OFFICE,
        """
        web:
          bind: 0.0.0.0
          port: 8443
          public-url: https://phones.example.org/
          allow-plain-http: yes
          trusted-proxies: [192.0.2.7, "2001:db8::7"]
          tls: {certificate: cert.pem, key: key.pem}
          users:
            - {name: pat, password-hash: %s, role: operator}
            - {name: viv, password-hash: %s}
        """
            .formatted(ConfigDir.HASH, ConfigDir.HASH));

    PasswordHash hash = new PasswordHash(ConfigDir.HASH);
    assertThat(config.settings().local().web())
        .isEqualTo(
            new WebSettings(
                "0.0.0.0",
                8443,
                Optional.of(URI.create("https://phones.example.org")),
                List.of(
                    new WebSettings.User("pat", hash, WebSettings.Role.OPERATOR),
                    new WebSettings.User("viv", hash, WebSettings.Role.VIEWER)),
                Optional.of(
                    new WebSettings.Tls(
                        config.path.resolve("cert.pem"), config.path.resolve("key.pem"))),
                true,
                List.of("192.0.2.7", "2001:db8:0:0:0:0:0:7")));
  }

  @Test
  void aPbxWithOnlyItsAddressAndUser() {
    Settings settings = config.settings();

    assertThat(settings.estate().primary())
        .isEqualTo(new Pbx(PBX_A, new SiteId("head-office"), Pbx.Role.PRIMARY, "", List.of()));
    assertThat(settings.local().pbxs().get(PBX_A))
        .isEqualTo(
            new PbxAccess(
                new PbxAccess.Ami(
                    "192.0.2.10", 5038, false, Optional.empty(), "lk", Secret.of("ami-secret-a")),
                new PbxAccess.Sip("192.0.2.10", 5060, PbxAccess.Transport.UDP),
                "from-carrier",
                Optional.of("linekeeper-peer")));
  }

  @Test
  void aPbxWithEveryKey() throws Exception {
    Files.writeString(config.path.resolve("ca.pem"), "x");
    Files.writeString(config.path.resolve("ami-password"), "from-a-file\n");
    config.change(
        Snapshot.OFFICE,
        "ami: {host: 192.0.2.10, user: lk, password: \"${env:AMI_A}\"}",
        """
        origination-url: OU0123456789abcdef0123456789abcdef
            registrations: [carrier-a, carrier-b]
            inbound-context: linekeeper-from-pstn
            peer-endpoint: the-other
            ami: {host: pbx.example.org, port: 15039, tls: yes, trust: ca.pem, user: admin, password: file:ami-password}
            sip: {host: 198.51.100.7, port: 5080, transport: tcp}""");

    Settings settings = config.settings();

    assertThat(settings.estate().primary())
        .isEqualTo(
            new Pbx(
                PBX_A,
                new SiteId("head-office"),
                Pbx.Role.PRIMARY,
                "OU0123456789abcdef0123456789abcdef",
                List.of("carrier-a", "carrier-b")));
    assertThat(settings.local().pbxs().get(PBX_A))
        .isEqualTo(
            new PbxAccess(
                new PbxAccess.Ami(
                    "pbx.example.org",
                    15039,
                    true,
                    Optional.of(config.path.resolve("ca.pem")),
                    "admin",
                    Secret.of("from-a-file")),
                new PbxAccess.Sip("198.51.100.7", 5080, PbxAccess.Transport.TCP),
                "linekeeper-from-pstn",
                Optional.of("the-other")));
  }

  @Test
  void thePbxsNeedNotCallOneAnother() {
    config.change(Snapshot.OFFICE, "role: primary", "role: primary\n    peer-endpoint: off");

    assertThat(config.settings().local().pbxs().get(PBX_A).peerEndpoint()).isEmpty();
  }

  @Test
  void sipOverTlsHasItsOwnPortAndWhomToTrust() throws Exception {
    Files.writeString(config.path.resolve("sip-ca.pem"), "x");
    config.change(
        Snapshot.OFFICE,
        "ami: {host: 192.0.2.10, user: lk, password: \"${env:AMI_A}\"}",
        """
        ami: {host: 192.0.2.10, user: lk, password: "${env:AMI_A}"}
            sip: {transport: tls, trust: sip-ca.pem, certificate-warning: 30d}""");

    assertThat(config.settings().local().pbxs().get(PBX_A).sip())
        .isEqualTo(
            new PbxAccess.Sip(
                "192.0.2.10",
                5061,
                PbxAccess.Transport.TLS,
                Optional.of(config.path.resolve("sip-ca.pem")),
                Duration.ofDays(30)));
  }

  @Test
  void withTlsTheAmiPortIsTheOneOfTls() {
    config.change(Snapshot.OFFICE, "host: 192.0.2.10,", "host: 192.0.2.10, tls: yes,");

    assertThat(config.settings().local().pbxs().get(PBX_A).ami().port()).isEqualTo(5039);
  }

  @Test
  void thePrimaryComesFirstWhereverItStands() {
    config
        .change(Snapshot.OFFICE, "role: primary", "role: was-primary")
        .change(Snapshot.OFFICE, "role: standby", "role: primary")
        .change(Snapshot.OFFICE, "role: was-primary", "role: standby");

    assertThat(config.settings().estate().primary().id()).isEqualTo(new PbxId("pbx-b"));
  }

  @Test
  void theCarrierWithOnlyItsAccount() {
    assertThat(config.settings().local().carrier())
        .isEqualTo(
            new CarrierAccess(
                "AC00000000000000000000000000000000",
                Secret.of("twilio-secret"),
                Optional.empty(),
                Optional.empty(),
                URI.create("https://divert.example.org"),
                CarrierAccess.Shown.OFFICE,
                Duration.ofSeconds(25),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                90));
  }

  @Test
  void theCarrierWithEveryKey() {
    config.change(
        Snapshot.OFFICE,
        "divert-url: https://divert.example.org/",
        """
        divert-url: https://divert.example.org/ring
          show: caller
          ring: 40s
          base-url: http://127.0.0.1:8090
          api-key: {sid: SK0123456789abcdef0123456789abcdef, secret: "${env:AMI_B}"}
          connect-timeout: 1500ms
          request-timeout: 0.5s
          call-deadline: 20s
          most-at-once: 1""");

    assertThat(config.settings().local().carrier())
        .isEqualTo(
            new CarrierAccess(
                "AC00000000000000000000000000000000",
                Secret.of("twilio-secret"),
                Optional.of(
                    new CarrierAccess.ApiKey(
                        "SK0123456789abcdef0123456789abcdef", Secret.of("ami-secret-b"))),
                Optional.of(URI.create("http://127.0.0.1:8090")),
                URI.create("https://divert.example.org/ring"),
                CarrierAccess.Shown.CALLER,
                Duration.ofSeconds(40),
                Duration.ofMillis(1500),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                1));
  }

  @Test
  void theCarriersOwnTestCall() {
    config.change(
        Snapshot.OFFICE,
        "divert-url: https://divert.example.org/",
        """
        divert-url: https://divert.example.org/
          test-call: {number: 01632 960190, from: 01632 960191, every: 15m}""");

    assertThat(config.settings().local().carrier().testCall())
        .contains(
            new CarrierAccess.TestCall(
                new PhoneNumber("+441632960190"),
                new PhoneNumber("+441632960191"),
                Optional.of(Duration.ofMinutes(15))));
  }

  @Test
  void textsAsShipped() {
    assertThat(config.settings().local().sms())
        .isEqualTo(
            new SmsSettings(
                List.of(), Optional.of(Duration.ofSeconds(5)), DialogueRules.defaults()));
  }

  @Test
  void textsWithEveryKey() {
    config.append(
        Snapshot.OFFICE,
        """
        sms:
          control-number: 01632 960999
          webhook-url: [https://phones.example.org/sms, https://phones-2.example.org/sms]
          poll-every: off
          code-valid: 5m
          pin-by-text: yes
          limits: {wrong-codes: 1, texts: 2, unknown-texts: 4, wrong-pins: 5, per: 7m}
        """);

    Settings settings = config.settings();

    assertThat(settings.estate().trunk().controlNumber())
        .contains(new PhoneNumber("+441632960999"));
    assertThat(settings.local().sms())
        .isEqualTo(
            new SmsSettings(
                List.of(
                    URI.create("https://phones.example.org/sms"),
                    URI.create("https://phones-2.example.org/sms")),
                Optional.empty(),
                new DialogueRules(Duration.ofMinutes(5), 1, 2, 4, true, 5, Duration.ofMinutes(7))));
  }

  /** The carrier signs every character of it. */
  @Test
  void theWebhooksAddressIsTakenAsItStands() {
    String asSet = "https://phones.example.org/twilio/sms/?office=1&from=%2B44/";
    config.append(Snapshot.OFFICE, "sms: {webhook-url: \"" + asSet + "\"}\n");

    assertThat(config.settings().local().sms().webhookUrls())
        .map(URI::toString)
        .containsExactly(asSet);
  }

  @Test
  void aNumberThatSaysOnlyWhoAnswersIt() {
    assertThat(config.settings().estate().numbers().get(0))
        .isEqualTo(
            new OfficeNumber(
                MAIN,
                "01632 960001",
                new SiteId("head-office"),
                Set.of(),
                true,
                List.of(Target.of(new StaffId("alice"))),
                Optional.empty()));
  }

  @Test
  void aNumberWithEveryKeyAndOneThatLivesOnDefaults() {
    config.write(
        Snapshot.NUMBERS,
        """
        groups: [sales, lines]
        defaults: {site: head-office, divert-to: bob, caller-id: 01632 960009}
        numbers:
          - number: +44 (0)1632 960001
            name: Main
            site: head-office
            groups: [sales, lines]
            divert: allowed
            divert-to: [alice, 07700 900199]
            caller-id: 01632 960001
          - number: 01632 960002
          - {number: 01632 960003, name: Fax, divert: never}
        """);

    assertThat(config.settings().estate().numbers())
        .containsExactly(
            new OfficeNumber(
                MAIN,
                "Main",
                new SiteId("head-office"),
                Set.of(new GroupId("sales"), new GroupId("lines")),
                true,
                List.of(
                    Target.of(new StaffId("alice")), Target.of(new PhoneNumber("+447700900199"))),
                Optional.of(MAIN)),
            new OfficeNumber(
                new PhoneNumber("+441632960002"),
                "01632 960002",
                new SiteId("head-office"),
                Set.of(),
                true,
                List.of(Target.of(new StaffId("bob"))),
                Optional.of(new PhoneNumber("+441632960009"))),
            new OfficeNumber(
                new PhoneNumber("+441632960003"),
                "Fax",
                new SiteId("head-office"),
                Set.of(),
                false,
                List.of(),
                Optional.of(new PhoneNumber("+441632960009"))));
  }

  @Test
  void aMemberOfStaffWithOnlyAMobileMayDoNothing() {
    Settings settings = config.settings();

    assertThat(settings.estate().staffMember(new StaffId("alice")))
        .contains(
            new StaffMember(
                new StaffId("alice"),
                "Alice Archer",
                new PhoneNumber("+447700900101"),
                Set.of(),
                false,
                false));
    assertThat(settings.local().staff().get(new StaffId("alice")))
        .isEqualTo(new StaffAccess(Optional.empty(), Optional.empty()));
    assertThat(settings.local().pinMatches(new StaffId("alice"), "")).isFalse();
  }

  @Test
  void aMemberOfStaffWithEveryKey() {
    PasswordHash pin = Passwords.hash("4071");
    config.write(
        Snapshot.STAFF,
        """
        staff:
          alice: {name: Alice, mobile: 07700 900101}
          bob:
            name: Bob
            mobile: +447700900102
            may-move: [sales, group sales, site head-office, head-office, 01632 960001, all]
            may-operate: yes
            alerts: on
            code: 021
            pin-hash: %s
        """
            .formatted(pin.encoded())
            .replace(
                "sales, group sales, site head-office, head-office,", "group sales, head-office,"));

    Settings settings = config.settings();
    StaffId bob = new StaffId("bob");

    assertThat(settings.estate().staffMember(bob))
        .contains(
            new StaffMember(
                bob,
                "Bob",
                new PhoneNumber("+447700900102"),
                Set.of(
                    Selection.of(new GroupId("sales")),
                    Selection.of(new SiteId("head-office")),
                    Selection.of(MAIN),
                    Selection.ALL),
                true,
                true));
    assertThat(settings.local().staffByCode("021")).contains(bob);
    assertThat(settings.local().staffByCode("21")).isEmpty();
    assertThat(settings.local().pinMatches(bob, "4071")).isTrue();
    assertThat(settings.local().pinMatches(bob, "4072")).isFalse();
  }

  @Test
  void theMirrorWithEveryKey() {
    config.append(
        Snapshot.OFFICE,
        """
        mirror:
          contacts: yes
          families: [CFWD, AMPUSER/100]
          queues: [sales]
          compare-every: 9s
          ami:
            pbx-a: {user: astdb, password: "${env:AMI_A}"}
            pbx-b: {user: astdb, password: "${env:AMI_B}"}
        """);
    MirrorSettings mirror = config.settings().local().mirror();

    assertThat(mirror.contacts()).isTrue();
    assertThat(mirror.families()).containsExactly("CFWD", "AMPUSER/100");
    assertThat(mirror.queues()).containsExactly("sales");
    assertThat(mirror.every()).isEqualTo(Duration.ofSeconds(9));
    assertThat(mirror.logins().get(PBX_A).user()).isEqualTo("astdb");
    assertThat(mirror.toString()).doesNotContain("secret");
  }

  @Test
  void whatCannotBeMirroredIsRefusedWithWhatWouldBeRight() {
    config.append(
        Snapshot.OFFICE,
        "mirror: {families: [registrar, \"a b\"], ami: {pbx-z: {user: x, password: \"${env:AMI_A}\"}}}\n");

    assertThat(config.problems().toString())
        .contains("contacts: yes", "a family of AstDB", "\"pbx-z\" is none of the PBXs");
  }
}
