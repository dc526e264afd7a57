package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.FloatingAddress;
import org.linekeeper.estate.HostCommand;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.estate.Takeover;
import org.linekeeper.secret.Secret;

/** What moves around the PBXs, as people write it, and what they are told about mistakes. */
class TakeoverSettingsTest {
  private static final PbxId PBX_A = new PbxId("pbx-a");
  private static final PbxId PBX_B = new PbxId("pbx-b");
  private static final String WHOLE =
      """
      failover:
        commands:
          cut: {run: [/usr/local/sbin/cut-power, pbx-a], deadline: 3s}
          let-go: {run: [/usr/bin/ssh, root@192.0.2.10, release]}
          give: {run: [/usr/bin/ssh, root@192.0.2.10, take]}
        floating-address:
          addresses: [192.0.2.100/24, "2001:db8::100/64"]
          device: eth0
          tenure: 20s
          fence: cut
          release: let-go
          take: give
          beside: pbx-b
        dns:
          server: 192.0.2.53
          port: 5353
          zone: office.example
          ttl: 1m
          timeout: 1s
          key: {name: linekeeper, algorithm: hmac-sha512, secret: "file:tsig"}
          names:
            service:
              name: _sip._udp.Office.Example.
              type: srv
              values: {pbx-a: 10 10 5060 a.office.example, pbx-b: [10 10 5060 b.office.example]}
      """;

  private static final String THREE =
      """
      watchers:
        watcher-1: {host: 192.0.2.31, failure-domain: north, beside: pbx-a}
        watcher-2: {host: 192.0.2.32, failure-domain: south, beside: pbx-b}
        watcher-3: {host: 192.0.2.33, failure-domain: west}
      """;

  private final ConfigDir config;

  TakeoverSettingsTest(@TempDir Path directory) {
    config = new ConfigDir(directory);
  }

  @BeforeEach
  void theKey() throws Exception {
    Files.writeString(config.path.resolve("tsig"), "c2VjcmV0LW9mLXRzaWc=\n");
  }

  @Test
  void asShippedNothingElseMoves() {
    assertThat(config.settings().estate().takeover()).isEmpty();
    assertThat(config.settings().local().nameServer()).isEmpty();
  }

  @Test
  void withEveryKey() {
    Settings settings = config.append(Snapshot.OFFICE, WHOLE).settings();

    HostCommand cut =
        new HostCommand(
            "cut", List.of("/usr/local/sbin/cut-power", "pbx-a"), Duration.ofSeconds(3));
    assertThat(settings.estate().moving())
        .isEqualTo(
            new Takeover(
                Optional.of(
                    new FloatingAddress(
                        PBX_B,
                        List.of("192.0.2.100/24", "2001:db8::100/64"),
                        "eth0",
                        Duration.ofSeconds(20),
                        Optional.of(cut),
                        Optional.of(ssh("let-go", "release")),
                        Optional.of(ssh("give", "take")),
                        new TreeMap<>(),
                        false)),
                List.of(
                    new ServiceName(
                        "office.example",
                        "_sip._udp.office.example",
                        ServiceName.Type.SRV,
                        60,
                        new TreeMap<>(
                            Map.of(
                                PBX_A, List.of("10 10 5060 a.office.example"),
                                PBX_B, List.of("10 10 5060 b.office.example"))))),
                new TreeMap<>()));
    assertThat(settings.local().nameServer())
        .contains(
            new NameServer(
                "192.0.2.53",
                5353,
                "linekeeper",
                "hmac-sha512",
                Secret.of("c2VjcmV0LW9mLXRzaWc="),
                Duration.ofSeconds(1)));
    assertThat(settings.toString()).doesNotContain("c2VjcmV0LW9mLXRzaWc=");
  }

  @Test
  void aCommandForOnePbx() {
    config
        .append(Snapshot.OFFICE, "failover: {commands: {tell: {run: [/bin/true]}}}\n")
        .change(Snapshot.OFFICE, "role: standby", "role: standby\n    on-promote: [tell]");
    assertThat(config.settings().estate().moving().onPromote())
        .containsExactly(
            Map.entry(
                PBX_B,
                List.of(new HostCommand("tell", List.of("/bin/true"), HostCommand.DEADLINE))));
  }

  @Test
  void withoutAFenceItSaysWhyOneWatcherNeedsOne() {
    config.append(Snapshot.OFFICE, WHOLE.replace("    fence: cut\n", ""));
    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("\"floating-address\" has no \"fence\": one watcher cannot know")
        .contains("add fence: NAME");
  }

  @Test
  void ofThreeWatchersOneHasToStandBesideEachPbxOrTheWrongHostWouldTakeIt() {
    config.append(Snapshot.OFFICE, THREE + WHOLE);
    assertThat(config.settings().estate().moving().address().orElseThrow().leased()).isTrue();
    config.change(Snapshot.OFFICE, ", beside: pbx-a", "");
    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("\"floating-address\" needs a watcher on the host of each PBX")
        .contains("write beside: PBX at two");
  }

  @Test
  void ofThreeWatchersTheHostThatHasItMayKeepIt() {
    String keep = WHOLE.replace("    beside: pbx-b", "    without-majority: keep");
    config.append(Snapshot.OFFICE, THREE + keep);
    FloatingAddress address = config.settings().estate().moving().address().orElseThrow();
    assertThat(address.keeps()).isTrue();
    assertThat(address.fence()).isPresent();
    config.change(Snapshot.OFFICE, "without-majority: keep", "without-majority: release");
    assertThat(config.settings().estate().moving().address().orElseThrow().keeps()).isFalse();
    config.change(Snapshot.OFFICE, "without-majority: release", "without-majority: kept");
    assertThat(config.problems()).singleElement().asString().contains("keep");
  }

  @Test
  void oneWatcherHasNoMajorityToLose() {
    String keep = WHOLE.replace("    beside: pbx-b", "    without-majority: keep");
    config.append(Snapshot.OFFICE, keep);
    assertThat(config.problems())
        .singleElement()
        .asString()
        .contains("without-majority: keep, and one watcher alone has no majority to lose")
        .contains("remove it");
  }

  @Test
  void everyMistakeIsExplained() {
    config.append(
        Snapshot.OFFICE,
        WHOLE
            .replace("[/usr/local/sbin/cut-power, pbx-a]", "[cut-power]")
            .replace("[/usr/bin/ssh, root@192.0.2.10, take]", "[/bin/x, \"${env:PASSWORD}\"]")
            .replace("192.0.2.100/24", "192.0.2.100")
            .replace("tenure: 20s", "tenure: 1500ms")
            .replace("    release: let-go\n", "")
            .replace("beside: pbx-b", "beside: pbx-a")
            .replace("server: 192.0.2.53", "server: ns.office.example")
            .replace("Office.Example.", "other.example")
            .replace("pbx-a: 10 10 5060 a.office.example, ", ""));
    String problems = String.join("\n", config.problems());
    assertThat(problems)
        .contains("begins with \"cut-power\"; write the program's full path")
        .contains("has a reference in it; write arguments out")
        .contains("\"addresses\" is \"192.0.2.100\"; write address and length of prefix")
        .contains("write whole seconds")
        .contains("has only one of \"release\" and \"take\"")
        .contains("\"beside\" is \"pbx-a\"; name a PBX with role: standby")
        .contains("write its address: a name would have to be found in the DNS first")
        .contains("is not in the zone office.example")
        .contains("does not say what the record is while pbx-a serves");
  }

  @Test
  void twoSitesAreToldToUseCarrierOrDns() {
    config
        .append(Snapshot.OFFICE, WHOLE)
        .change(Snapshot.OFFICE, "role: standby", "role: standby\n    site: elsewhere")
        .write(
            Snapshot.OFFICE,
            config.text(Snapshot.OFFICE).replaceFirst("(elsewhere\\s+)site: head-office", "$1"));
    assertThat(String.join("\n", config.problems()))
        .contains("\"floating-address\" is for PBXs in one network")
        .contains("let the carrier (origination-url) or the DNS (dns)");
  }

  private static HostCommand ssh(String name, String what) {
    return new HostCommand(
        name, List.of("/usr/bin/ssh", "root@192.0.2.10", what), HostCommand.DEADLINE);
  }
}
