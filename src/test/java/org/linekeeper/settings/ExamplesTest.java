package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.estate.Rules;
import org.linekeeper.routing.TargetRules;
import org.linekeeper.verdict.Profile;
import org.linekeeper.web.security.SecurityConfiguration;

class ExamplesTest {
  private static final Path EXAMPLES = Path.of("config");

  private final Reading reading =
      new Reading(new References(EXAMPLES, name -> Optional.of(secret(name))));

  /** A key for the DNS has a form of its own. */
  private static String secret(String name) {
    return name.contains("TSIG") ? "c2VjcmV0LW9mLXRzaWc=" : "secret-of-" + name;
  }

  private SettingsRead read(Path directory) {
    return new SettingsReader(
            name -> Optional.empty(), (estate, target) -> TargetRules.of(estate).refusal(target))
        .read(Snapshot.of(directory), reading);
  }

  @Test
  void theExamplesAreRightAsTheyAre() {
    SettingsRead read = read(EXAMPLES);

    assertThat(read.problems()).isEmpty();
    Settings settings = read.settings().orElseThrow();
    assertThat(settings.estate().numbers()).hasSize(4);
    assertThat(settings.estate().staff()).hasSize(2);
    assertThat(settings.estate().schedule().rules()).hasSize(2);
    assertThat(settings.toString()).doesNotContain("secret-of-");
  }

  @Test
  void whatTheExamplesCallADefaultIsTheDefault() {
    Settings settings = read(EXAMPLES).settings().orElseThrow();
    LocalSettings local = settings.local();

    assertThat(settings.estate().rules()).isEqualTo(Rules.defaults());
    assertThat(local.profile()).isEqualTo(Profile.lan());
    assertThat(local.retention()).isEqualTo(Retention.defaults());
    assertThat(local.mirror()).isEqualTo(MirrorSettings.defaults());
    assertThat(local.sms()).isEqualTo(SmsSettings.defaults());
    assertThat(local.web().bind()).isEqualTo(WebSettings.defaults().bind());
    assertThat(local.web().port()).isEqualTo(WebSettings.defaults().port());
    assertThat(local.carrier().connectTimeout()).isEqualTo(CarrierAccess.CONNECT_TIMEOUT);
    assertThat(local.carrier().requestTimeout()).isEqualTo(CarrierAccess.REQUEST_TIMEOUT);
    assertThat(local.carrier().mostAtOnce()).isEqualTo(CarrierAccess.MOST_AT_ONCE);
    assertThat(local.carrier().callDeadline()).isEqualTo(CarrierAccess.CALL_DEADLINE);
    assertThat(local.pbxs().values())
        .extracting(PbxAccess::inboundContext)
        .containsOnly(PbxAccess.INBOUND_CONTEXT);
    assertThat(Profile.wan().freezeTolerance())
        .as("said of wan in the comment")
        .isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everySettingThatExistsIsShown() throws IOException {
    read(EXAMPLES);
    String all = "";
    for (String name : Snapshot.NAMES) {
      all += Files.readString(EXAMPLES.resolve(name));
    }

    assertThat(reading.asked).hasSizeGreaterThan(70);
    for (String path : reading.asked) {
      String key = path.substring(path.lastIndexOf('.') + 1);
      assertThat(all)
          .as("a line, perhaps commented out, that shows %s", path)
          .containsPattern(Pattern.compile("(?m)^ *(# +)?(- )?" + Pattern.quote(key) + ":( |$)"));
    }
  }

  /** Somebody adds two watchers, and has the same files on all three machines. */
  @ParameterizedTest
  @ValueSource(strings = {"watcher-1", "watcher-2", "witness"})
  void theThreeWatchersThatAreCommentedOutWorkToo(String watcher, @TempDir Path directory)
      throws IOException {
    for (String name : Snapshot.NAMES) {
      String text = Files.readString(EXAMPLES.resolve(name));
      Matcher block = Pattern.compile("(?m)^# watchers:.*\\R(#   .*\\R)+").matcher(text);
      String shown =
          block
              .replaceAll(lines -> lines.group().replaceAll("(?m)^# ", ""))
              .replace("name: watcher-1 ", "name: ${env:WATCHER} ");
      Files.writeString(directory.resolve(name), shown);
    }

    SettingsRead read =
        new SettingsReader(
                name -> Optional.of(name.equals("WATCHER") ? watcher : secret(name)),
                (estate, target) -> Optional.empty())
            .read(directory);

    assertThat(read.problems()).isEmpty();
    LocalSettings local = read.settings().orElseThrow().local();
    assertThat(local.watcher()).isEqualTo(watcher);
    Peers peers = local.peers().orElseThrow();
    assertThat(peers.watchers())
        .extracting(Peers.Peer::name)
        .containsExactly("watcher-1", "watcher-2", "witness");
    assertThat(peers.watchers()).extracting(Peers.Peer::port).containsOnly(Peers.PORT);
    assertThat(peers.watchers())
        .filteredOn(peer -> peer.beside().isPresent())
        .as("beside a PBX means on its host")
        .allSatisfy(
            peer ->
                assertThat(peer.host())
                    .isEqualTo(local.pbxs().get(peer.beside().orElseThrow()).ami().host()))
        .hasSize(2);
    String steps = Files.readString(Path.of("docs/WATCHERS.md"));
    for (Peers.Peer peer : peers.watchers()) {
      assertThat(steps).contains(peer.name() + "=" + peer.host());
    }
  }

  /** A setting that is shown as a comment must work for whoever removes the hash. */
  @Test
  void theLinesThatAreCommentedOutWorkToo(@TempDir Path directory) throws IOException {
    for (String name : Snapshot.NAMES) {
      String text = Files.readString(EXAMPLES.resolve(name));
      // "# key:" at a setting's indentation; prose comments have no colon after their first word.
      Files.writeString(
          directory.resolve(name),
          text.replaceAll("(?m)^( +)# ( *)([a-z-]+:( |$))", "$1$2$3")
              .replaceAll("/etc/linekeeper/tls/", directory + "/"));
    }
    for (String pem : new String[] {"fullchain.pem", "privkey.pem", "pbx-ca.pem", "sip-ca.pem"}) {
      Files.writeString(directory.resolve(pem), "a test's");
    }

    SettingsRead read = read(directory);

    assertThat(read.problems()).isEmpty();
    LocalSettings local = read.settings().orElseThrow().local();
    assertThat(local.web().tls()).isPresent();
    assertThat(local.carrier().apiKey()).isPresent();
    assertThat(local.sms().webhookUrls())
        .hasSize(2)
        .extracting(URI::getPath)
        .as("the one path at which texts are taken")
        .containsOnly(SecurityConfiguration.WEBHOOK);
  }
}
