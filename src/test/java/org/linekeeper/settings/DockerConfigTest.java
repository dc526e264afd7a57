package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.linekeeper.demo.carrier.Account;
import org.linekeeper.demo.carrier.Provisioning;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Pbx;
import org.linekeeper.routing.TargetRules;

/**
 * An engineer tries compose.yml: its settings must fit the containers and the simulated carrier.
 */
class DockerConfigTest {
  private static final Path CONFIG = Path.of("docker/config");
  private static final Pattern NUMBER = Pattern.compile("(?m)^  - number: (.+)$");

  private final SettingsRead read =
      new SettingsReader(
              name ->
                  Optional.of(name).filter("AMI_SECRET"::equals).map(n -> "only-for-trying-out"),
              (estate, target) -> TargetRules.of(estate).refusal(target))
          .read(CONFIG);

  private Settings settings() {
    assertThat(read.problems()).isEmpty();
    return read.settings().orElseThrow();
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
  void addressesAreThoseOfTheContainersAndTheWatcherHasOneOfItsOwn() throws IOException {
    String compose = Files.readString(Path.of("docker/compose.yml"));
    List<String> pbxs =
        settings().local().pbxs().values().stream().map(p -> p.ami().host()).sorted().toList();
    String carrier = settings().local().carrier().divertUrl().getHost();
    Set<String> used = new TreeSet<>(pbxs);
    used.add(carrier);

    assertThat(used).hasSize(3);
    for (String address : used) {
      assertThat(compose).contains("ipv4_address: " + address + "}");
    }
    assertThat(compose).contains("WATCHER: 198.18.0.10").contains("ipv4_address: 198.18.0.10}");
    assertThat(used).doesNotContain("198.18.0.10");
    assertThat(compose).contains("CARRIER: " + carrier);
  }

  @Test
  void thePageAsksForTheLoginThatTheFileNames() {
    WebSettings web = settings().local().web();

    assertThat(web.loopback()).as("reached through the container's port").isFalse();
    assertThat(web.users()).hasSize(1);
    assertThat(Passwords.matches("only-for-trying-out", web.users().get(0).password())).isTrue();
  }
}
