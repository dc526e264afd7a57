package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;

/** The admin edits one thing after the other: it is in force at once, or the page says that not. */
class RestartNeededTest {
  /** In force within two seconds; whoever adds a setting decides whether it belongs here. */
  private static final Set<String> AT_ONCE =
      Set.of(
          "Estate.office",
          "Trunk.controlNumber",
          "Estate.numbers",
          "Estate.staff",
          "Estate.schedule",
          "Estate.targets",
          "Estate.rules",
          "LocalSettings.staff",
          "SmsSettings.dialogue");

  private Settings atStart;
  private Settings edited;

  /** Two offices that have nothing in common. */
  @BeforeEach
  void everythingIsEdited(@TempDir Path directory) throws Exception {
    ConfigDir config = new ConfigDir(directory);
    atStart = config.settings();
    edited = everythingElse(config).settings();
  }

  private static ConfigDir everythingElse(ConfigDir config) throws Exception {
    Files.writeString(config.path.resolve("token"), "another-token");
    Files.writeString(config.path.resolve("tsig"), "c2VjcmV0LW9mLXRzaWc=");
    return config
        .write(
            Snapshot.OFFICE,
            """
            office: {name: Exemple, region: FR, time-zone: Europe/Paris}
            watcher: {name: watcher-2, journal: other}
            watchers:
              watcher-1: {host: 192.0.2.31, failure-domain: north}
              watcher-2: {host: 192.0.2.32, failure-domain: south}
              watcher-3: {host: 192.0.2.33, failure-domain: west}
            web: {port: 9090}
            pbxs:
              pbx-1: {role: primary, site: branch, ami: {host: 192.0.2.21, user: lk, password: "${env:AMI_A}"}}
              pbx-2:
                role: standby
                site: branch
                origination-url: OU00000000000000000000000000000001
                registrations: [carrier]
                ami: {host: 192.0.2.20, user: lk, password: "${env:AMI_B}"}
            watching: {profile: wan}
            failover:
              hold-down: 20m
              dns:
                server: 192.0.2.53
                zone: other.example
                key: {name: linekeeper, secret: file:tsig}
                names:
                  sip: {name: sip.other.example, type: a, values: {pbx-1: 192.0.2.21, pbx-2: 192.0.2.20}}
            carrier:
              account: AC00000000000000000000000000000001
              auth-token: file:token
              trunk: TK00000000000000000000000000000001
              divert-url: https://other.example.org
            sms:
              control-number: "+441632960999"
              webhook-url: https://phones.example.org/twilio/sms
              poll-every: 9s
              code-valid: 5m
            targets: {allowed-prefixes: ["+447"]}
            retention: {journal: 30d}
            mirror: {compare-every: 9s}
            """)
        .write(Snapshot.NUMBERS, "numbers: [{number: \"+441632960003\", divert-to: [carol]}]\n")
        .write(
            Snapshot.STAFF,
            "staff:\n  carol: {name: Carol, mobile: \"+447700900103\", pin-hash: "
                + ConfigDir.HASH
                + "}\n")
        .write(Snapshot.SCHEDULE, "schedule: [{name: n, numbers: all, when: sun all-day}]\n");
  }

  @Test
  void everySettingIsInForceAtOnceOrIsSaidToNeedARestart() {
    Set<String> atOnce = new TreeSet<>();
    edits()
        .forEach(
            (part, edit) -> {
              assertThat(edit)
                  .as("%s differs in this test's two offices", part)
                  .isNotEqualTo(atStart);
              Settings now = RestartNeeded.inForce(atStart, edit);
              List<String> told = RestartNeeded.between(atStart, edit);
              if (told.isEmpty()) {
                assertThat(now).as("%s is in force at once", part).isEqualTo(edit);
                atOnce.add(part);
              } else {
                assertThat(told).as("what is told of %s", part).hasSize(1);
                assertThat(now).as("%s stays as it was", part).isEqualTo(atStart);
              }
            });

    assertThat(atOnce).containsExactlyInAnyOrderElementsOf(AT_ONCE);
  }

  @Test
  void allAtOnceIsEachForItself() {
    Settings now = RestartNeeded.inForce(atStart, edited);

    assertThat(now.estate().pbxs()).isEqualTo(atStart.estate().pbxs());
    assertThat(now.estate().numbers()).isEqualTo(edited.estate().numbers());
    assertThat(now.local().pbxs()).isEqualTo(atStart.local().pbxs());
    assertThat(now.local().staff()).isEqualTo(edited.local().staff());
    assertThat(RestartNeeded.between(atStart, edited))
        .hasSize(14)
        .noneMatch(sentence -> sentence.contains("another-token"));
  }

  /** For each part of the files settings that differ from those at the start in it alone. */
  private Map<String, Settings> edits() {
    Map<String, Settings> edits = new LinkedHashMap<>();
    Estate estate = atStart.estate();
    LocalSettings local = atStart.local();
    Pbx primary = estate.primary();
    each(estate, edited.estate(), Set.of("pbxs", "trunk"))
        .forEach((part, edit) -> edits.put(part, with(atStart, "estate", edit)));
    each(estate.trunk(), edited.estate().trunk(), Set.of())
        .forEach(
            (part, edit) -> edits.put(part, with(atStart, "estate", with(estate, "trunk", edit))));
    each(primary, edited.estate().pbxs().get(1), Set.of())
        .forEach(
            (part, edit) ->
                edits.put(
                    part,
                    with(
                        atStart,
                        "estate",
                        with(estate, "pbxs", List.of(edit, estate.pbxs().get(1))))));
    each(local, edited.local(), Set.of("sms"))
        .forEach((part, edit) -> edits.put(part, with(atStart, "local", edit)));
    each(local.sms(), edited.local().sms(), Set.of())
        .forEach((part, edit) -> edits.put(part, with(atStart, "local", with(local, "sms", edit))));
    return edits;
  }

  /** The record once for each of its parts, which then comes from the other. */
  private static <T extends Record> Map<String, T> each(T record, T other, Set<String> but) {
    Map<String, T> each = new LinkedHashMap<>();
    for (RecordComponent part : record.getClass().getRecordComponents()) {
      if (!but.contains(part.getName())) {
        each.put(
            record.getClass().getSimpleName() + "." + part.getName(),
            with(record, part.getName(), value(part, other)));
      }
    }
    return each;
  }

  /** The same record, but for one part. */
  @SuppressWarnings("unchecked")
  private static <T extends Record> T with(T record, String name, Object value) {
    RecordComponent[] parts = record.getClass().getRecordComponents();
    Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Stream.of(parts)
            .map(part -> part.getName().equals(name) ? value : value(part, record))
            .toArray();
    try {
      return (T) record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Object value(RecordComponent part, Record record) {
    try {
      return part.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
