package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A small right configuration in a directory of the test's own, to be spoilt piece by piece. */
final class ConfigDir {
  static final String HASH = "$2a$10$DievWv9WBXJQff6i.6Y/oOGmLEI/MAnveeDuxv22WgVWmQzTrQqYy";
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AMI_A", "ami-secret-a",
          "AMI_B", "ami-secret-b",
          "TWILIO", "twilio-secret",
          "WATCHER", "watcher-7");

  static final String OFFICE =
      """
      office: {name: Example, region: GB, time-zone: Europe/London}
      pbxs:
        pbx-a:
          role: primary
          site: head-office
          ami: {host: 192.0.2.10, user: lk, password: "${env:AMI_A}"}
        pbx-b:
          role: standby
          site: head-office
          ami: {host: 192.0.2.11, user: lk, password: "${env:AMI_B}"}
      carrier:
        account: AC00000000000000000000000000000000
        auth-token: ${env:TWILIO}
        trunk: TK00000000000000000000000000000000
        divert-url: https://divert.example.org/
      """;
  static final String NUMBERS =
      """
      groups: [sales]
      numbers:
        - number: 01632 960001
          divert-to: [alice]
        - number: 01632 960002
          groups: [sales]
          divert-to: [bob]
      """;
  static final String STAFF =
      """
      staff:
        alice:
          name: Alice Archer
          mobile: 07700 900101
        bob:
          name: Bob Baker
          mobile: 07700 900102
          may-move: [sales]
      """;
  static final String SCHEDULE = "schedule: []\n";

  final Path path;

  ConfigDir(Path path) {
    this.path = path;
    write(Snapshot.OFFICE, OFFICE);
    write(Snapshot.NUMBERS, NUMBERS);
    write(Snapshot.STAFF, STAFF);
    write(Snapshot.SCHEDULE, SCHEDULE);
  }

  ConfigDir write(String file, String text) {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  ConfigDir write(String file, byte[] bytes) {
    try {
      Files.write(path.resolve(file), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a piece that must be there. */
  ConfigDir change(String file, String piece, String by) {
    String before = text(file);
    assertThat(before).contains(piece);
    return write(file, before.replace(piece, by));
  }

  ConfigDir append(String file, String text) {
    return write(file, text(file) + text);
  }

  String text(String file) {
    try {
      return Files.readString(path.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SettingsReader reader() {
    return new SettingsReader(name -> Optional.ofNullable(ENVIRONMENT.get(name)), TargetCheck.NONE);
  }

  SettingsRead read() {
    return reader().read(path);
  }

  Settings settings() {
    SettingsRead read = read();
    assertThat(read.problems()).isEmpty();
    return read.settings().orElseThrow();
  }

  /** As people see them, without the directory. */
  List<String> problems() {
    return read().problems().stream()
        .map(problem -> problem.toString().replace(path + "/", ""))
        .collect(Collectors.toList());
  }
}
