package org.linekeeper.demo.office;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.SettingsRead;

/** The files that the demo writes for its Linekeeper. */
class DemoFilesTest {
  static final Map<String, String> VALUES = values();

  @TempDir Path directory;

  private static Map<String, String> values() {
    Map<String, String> values = new HashMap<>(Contract.sids());
    for (String port : new String[] {"web-port", "primary-ami", "primary-sip"}) {
      values.put(port, "5038");
    }
    values.putAll(Map.of("watcher", "watcher-1", "journal", "journal", "watchers", ""));
    values.putAll(Map.of("standby-ami", "5039", "standby-sip", "5061"));
    values.put("account", "AC0123456789abcdef0123456789abcdef");
    values.put("carrier", "http://127.0.0.1:8089");
    values.put("webhook", "");
    values.put("alice-pin", Passwords.hash("4711").encoded());
    values.put("bob-pin", Passwords.hash("4712").encoded());
    for (String wait : new String[] {"poll-every", "hold-down", "divert-after", "return-after"}) {
      values.put(wait, "5s");
    }
    return values;
  }

  @Test
  void are_complete_and_right() throws Exception {
    DemoFiles files = DemoFiles.in(directory.resolve("demo"));
    files.secret("ami", "a secret");
    files.secret("carrier", "another");
    files.write(VALUES);
    SettingsRead read = Service.reader().read(directory.resolve("demo"));
    assertThat(read.problems()).isEmpty();
    assertThat(read.settings()).isPresent();
  }

  @Test
  void replace_those_of_the_demo_before() throws Exception {
    Path demo = directory.resolve("demo");
    DemoFiles.in(demo).write(VALUES);
    Files.writeString(demo.resolve("numbers.yml"), "edited");
    DemoFiles.in(demo);
    assertThat(demo.resolve("numbers.yml")).doesNotExist();
  }

  @Test
  void never_replace_somebodys_own() throws Exception {
    Path precious = Files.writeString(directory.resolve("numbers.yml"), "groups: []");
    assertThatThrownBy(() -> DemoFiles.in(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the demo's");
    assertThat(precious).hasContent("groups: []");
  }
}
