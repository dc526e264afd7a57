package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.net.MadeCertificate;

/** The files by which a watcher shows who it is. */
class KeyChecksTest {
  @TempDir static Path made;

  @TempDir Path here;
  private JournalGroup.Keys keys;

  @BeforeAll
  static void keysOfTwo() throws IOException {
    PeerKeys.make(
        made.resolve("keys"), Map.of("watcher-1", "192.0.2.11", "witness", "witness.example"));
  }

  @BeforeEach
  void copied() throws IOException {
    for (String each : List.of("watcher-1.pem", "watcher-1.key", "authority.pem")) {
      copy(each, each);
    }
    keys = PeerKeys.of(here, "watcher-1");
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(
        made.resolve("keys").resolve(from),
        here.resolve(to),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private List<CheckResult> look() {
    return KeyChecks.look(keys, "192.0.2.11", Instant.now());
  }

  private CheckResult bad() {
    List<CheckResult> bad = look().stream().filter(each -> each.level() != Level.OK).toList();
    assertThat(bad).hasSize(1);
    return bad.get(0);
  }

  @Test
  void asTheCommandMakesThemAllIsWell() throws IOException {
    assertThat(look()).hasSize(5).allMatch(each -> each.level() == Level.OK);
    copy("witness.pem", "witness.pem");
    copy("witness.key", "witness.key");
    assertThat(KeyChecks.look(PeerKeys.of(here, "witness"), "Witness.example", Instant.now()))
        .allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void aKeyOfAnotherDoesNotFit() throws IOException {
    copy("witness.key", "watcher-1.key");
    assertThat(bad().said()).contains("is not the key of");
  }

  @Test
  void whatIsMissingOrNoKeyIsSaidByItsName() throws IOException {
    Files.delete(keys.authority());
    assertThat(bad().said()).contains("authority.pem cannot be read");
    copy("authority.pem", "authority.pem");
    Files.writeString(keys.key(), "secret");
    assertThat(bad().said()).contains("watcher-1.key is no private key").doesNotContain("secret");
    copy("watcher-1.key", "watcher-1.key");
    Files.writeString(keys.certificate(), "none");
    assertThat(bad().said()).contains("watcher-1.pem is no certificate");
    assertThat(bad().remedy()).contains("linekeeper keys");
  }

  @Test
  void anotherAuthorityHasNotSignedIt(@TempDir Path other) throws Exception {
    MadeCertificate foreign = MadeCertificate.make(other, "ip:192.0.2.11", -1, 400);
    Files.copy(foreign.authority, keys.authority(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(bad().said()).contains("has not signed");
  }

  @Test
  void madeForAnotherHost() {
    List<CheckResult> results = KeyChecks.look(keys, "192.0.2.12", Instant.now());
    assertThat(results)
        .filteredOn(each -> each.level() == Level.FAILURE)
        .singleElement()
        .matches(each -> each.said().contains("is not made for 192.0.2.12"));
  }

  @Test
  void othersMayReadTheKey() throws IOException {
    Files.setPosixFilePermissions(keys.key(), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(bad().level()).isEqualTo(Level.WARNING);
    assertThat(bad().remedy()).contains("chmod 600");
  }

  @Test
  void theEndIsToldThirtyDaysBeforeThreeDaysBeforeAndWhenItHasCome(@TempDir Path other)
      throws Exception {
    MadeCertificate ending = MadeCertificate.make(other, "ip:192.0.2.11", -10, 100);
    keys = new JournalGroup.Keys(ending.certificate, ending.key, ending.authority);
    Files.setPosixFilePermissions(ending.key, PosixFilePermissions.fromString("rw-------"));
    assertThat(look()).allMatch(each -> each.level() == Level.OK);
    assertThat(at(69).level()).isEqualTo(Level.OK);
    assertThat(at(71).level()).isEqualTo(Level.WARNING);
    assertThat(at(71).said()).contains("the certificate ends on ").isEqualTo(at(90).said());
    assertThat(at(98).said()).contains("ends within three days, on ");
    assertThat(at(101).level()).isEqualTo(Level.FAILURE);
    assertThat(at(101).said()).contains("the certificate ended on ", "do not believe this one");
    assertThat(at(-11).said()).contains("valid only from");
  }

  private CheckResult at(long days) {
    List<CheckResult> results =
        KeyChecks.look(keys, "192.0.2.11", Instant.now().plus(Duration.ofDays(days)));
    return results.get(results.size() - 1);
  }
}
