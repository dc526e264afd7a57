package org.linekeeper.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.routing.TargetRules;
import org.linekeeper.settings.Peers.Peer;

/**
 * An engineer tries compose.yml: its settings must fit the containers and the simulated carrier.
 */
class DockerConfigTest {
  private static final Path CONFIG = Path.of("docker/config");
  private static final Pattern NUMBER = Pattern.compile("(?m)^  - number: (.+)$");

  private static final List<String> WATCHERS = List.of("watcher-1", "watcher-2", "witness");

  private final Compose compose = Compose.read(Path.of("docker/compose.yml"));

  private static Settings settings(String watcher) {
    Map<String, String> environment =
        Map.of("AMI_SECRET", "only-for-trying-out", "WATCHER", watcher);
    SettingsRead read =
        new SettingsReader(
                name -> Optional.ofNullable(environment.get(name)),
                (estate, target) -> TargetRules.of(estate).refusal(target))
            .read(CONFIG);
    assertThat(read.problems()).isEmpty();
    return read.settings().orElseThrow();
  }

  private static Settings settings() {
    return settings(WATCHERS.get(0));
  }

  private static Peers peers() {
    return settings().local().peers().orElseThrow();
  }

  @Test
  void theSimulatedCarrierKnowsTheAccountTheTrunkAndTheRows() {
    CarrierAccess carrier = settings().local().carrier();

    assertThat(carrier.account()).isEqualTo(Account.demo().sid());
    assertThat(carrier.authToken().reveal()).isEqualTo(Account.demo().authToken());
    assertThat(settings().estate().trunk().sid()).isEqualTo(Provisioning.trunkSid("Office trunk"));
    assertThat(settings().estate().pbxs())
        .extracting(Pbx::originationUrl)
        .containsExactly(
            Provisioning.originationUrlSid("primary"), Provisioning.originationUrlSid("standby"));
  }

  @Test
  void itHasTheDemosNumbers() throws IOException {
    String demo = Files.readString(Path.of("src/main/resources/demo/config/numbers.yml"));
    Set<String> demos =
        NUMBER.matcher(demo).results().map(m -> m.group(1).strip()).collect(Collectors.toSet());

    assertThat(demos).hasSize(6);
    assertThat(
            NUMBER
                .matcher(Files.readString(CONFIG.resolve("numbers.yml")))
                .results()
                .map((MatchResult m) -> m.group(1).strip()))
        .containsExactlyInAnyOrderElementsOf(demos);
    assertThat(settings().estate().numbers()).filteredOn(OfficeNumber::movable).hasSize(5);
  }

  @Test
  void theThreeWatchersShareOneSetOfFilesAndDifferByTheirNamesOnly() {
    assertThat(peers().watchers()).extracting(Peer::name).containsExactlyElementsOf(WATCHERS);
    for (String watcher : WATCHERS) {
      Settings own = settings(watcher);

      assertThat(own.local().watcher()).isEqualTo(watcher);
      assertThat(own.local().peers()).contains(peers());
      assertThat(own.hash()).isEqualTo(settings().hash());
      assertThat(compose.environment(watcher)).containsEntry("WATCHER", watcher);
      assertThat(compose.environment(watcher)).containsKey("AMI_SECRET");
    }
  }

  @Test
  void eachWatcherHasAnAddressAJournalAndAPageOfItsOwn() {
    Set<String> pages = new TreeSet<>();
    for (Peer peer : peers().watchers()) {
      String watcher = peer.name();

      assertThat(compose.address(watcher)).isEqualTo(peer.host());
      assertThat(compose.volumes(watcher))
          .containsExactlyInAnyOrder(
              "./config:/etc/linekeeper:ro",
              "keys:" + peers().keys() + ":ro",
              watcher + ":" + settings().local().journal().getParent());
      assertThat(compose.declaredVolumes()).contains("keys", watcher);
      pages.addAll(compose.ports(watcher));
    }

    int inside = settings().local().web().port();
    assertThat(pages)
        .containsExactly(
            "127.0.0.1:8080:" + inside, "127.0.0.1:8081:" + inside, "127.0.0.1:8082:" + inside);
  }

  @Test
  void theKeysAreMadeForTheseWatchersBeforeAnyOfThemStarts() {
    assertThat(compose.words("keys", "command"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("keys", "--out", peers().keys().toString()),
                    peers().watchers().stream().map(p -> p.name() + "=" + p.host()))
                .toList());
    assertThat(compose.volumes("keys")).containsExactly("keys:" + peers().keys());
    for (String watcher : WATCHERS) {
      assertThat(compose.dependsOn(watcher))
          .containsEntry("keys", "service_completed_successfully")
          .as("a watcher is needed most when no PBX comes up")
          .doesNotContainKeys("primary", "standby");
    }
  }

  /** A directory that is not in the image would be root's in a fresh volume. */
  @Test
  void theImageHasTheDirectoriesOfTheVolumesForItsOwnUser() throws IOException {
    String image = Files.readString(Path.of("docker/Dockerfile"));

    assertThat(image)
        .contains("USER 997:997", "useradd --system --uid 997")
        .contains("install -d -o linekeeper -g linekeeper -m 700 " + peers().keys() + " ")
        .contains("install -d -o linekeeper -g linekeeper -m 750 /var/lib/linekeeper ");
  }

  @Test
  void addressesAreThoseOfTheContainers() {
    LocalSettings local = settings().local();
    String carrier = local.carrier().divertUrl().getHost();

    assertThat(compose.address("carrier")).isEqualTo(carrier);
    assertThat(local.pbxs().keySet()).extracting(PbxId::name).contains("primary", "standby");
    local
        .pbxs()
        .forEach(
            (pbx, access) -> {
              Map<String, String> environment = compose.environment(pbx.name());
              assertThat(compose.address(pbx.name())).isEqualTo(access.ami().host());
              assertThat(environment)
                  .containsEntry("PBX_NAME", pbx.name())
                  .containsEntry("CARRIER", carrier)
                  .containsEntry(
                      "PEER",
                      compose.address(pbx.name().equals("primary") ? "standby" : "primary"));
              assertThat(environment.get("WATCHERS").split(" "))
                  .containsExactlyElementsOf(peers().watchers().stream().map(Peer::host).toList());
              assertThat(compose.environment("carrier").get("DEMO_CARRIER_PBXS").split(","))
                  .contains(pbx.name() + "=sip:" + access.sip().host() + ":" + access.sip().port());
            });
    assertThat(compose.addresses()).doesNotHaveDuplicates().hasSize(6);
  }

  /** The script that starts the containers' Asterisk, on a copy of their files. */
  @Test
  void eachAsteriskTakesAmiFromAllThreeAndNobodyElse(@TempDir Path etc) throws Exception {
    for (String from : List.of("dialplans/plain", "docker/asterisk/etc")) {
      try (Stream<Path> files = Files.list(Path.of(from))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".conf")).toList()) {
          Files.copy(file, etc.resolve(file.getFileName().toString()), REPLACE_EXISTING);
        }
      }
    }
    String script = Files.readString(Path.of("docker/asterisk/start.sh"));
    ProcessBuilder start =
        new ProcessBuilder(
            "bash", "-c", script.replace("/etc/asterisk", etc.toString()).replace("exec ", "#"));
    start.environment().putAll(compose.environment("primary"));
    start.environment().put("AMI_SECRET", "a/b&c;d%s\\n");
    Process process = start.redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readAllLines(etc.resolve("manager-linekeeper.conf")))
        .filteredOn(line -> line.matches("(permit|deny|secret) = .*"))
        .containsExactly(
            "secret = a/b&c\\;d%s\\n",
            "deny = 0.0.0.0/0.0.0.0",
            "deny = ::/0",
            "permit = " + compose.address("watcher-1") + "/255.255.255.255",
            "permit = " + compose.address("watcher-2") + "/255.255.255.255",
            "permit = " + compose.address("witness") + "/255.255.255.255");
  }

  @Test
  void whatTheHeaderOffersToTypeExists() throws IOException {
    String header = Files.readString(Path.of("docker/compose.yml")).split("\nname:")[0];

    assertThat(
            Pattern.compile("linekeeper_office linekeeper-([a-z0-9-]+)-1")
                .matcher(header)
                .results()
                .map(match -> match.group(1)))
        .isNotEmpty()
        .allMatch(WATCHERS::contains);
    assertThat(header).contains("--ip " + compose.address("witness") + " ");
    assertThat(compose.name()).isEqualTo("linekeeper");
  }

  @Test
  void thePageAsksForTheLoginThatTheFileNames() {
    WebSettings web = settings().local().web();

    assertThat(web.loopback()).as("reached through the container's port").isFalse();
    assertThat(web.users()).hasSize(1);
    assertThat(Passwords.matches("only-for-trying-out", web.users().get(0).password())).isTrue();
  }
}
