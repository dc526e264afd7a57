package org.linekeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.linekeeper.estate.GroupId;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.Target;

class ScheduleFileTest {
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private final ConfigDir config;

  ScheduleFileTest(@TempDir Path directory) {
    config = new ConfigDir(directory);
  }

  private Schedule.Rule rule(String when, String except) {
    config.write(
        Snapshot.SCHEDULE,
        """
        holidays: [2026-12-25, 2026-12-28 - 2026-12-29]
        schedule:
          - name: evenings
            numbers: all
            when: ["%s"]
            except: [%s]
        """
            .formatted(when, except));
    return config.settings().estate().schedule().rules().get(0);
  }

  private static boolean open(Schedule.Rule rule, String local) {
    return rule.inForce(LocalDateTime.parse(local).atZone(LONDON).toInstant(), LONDON);
  }

  /** 2026-12-21 is a Monday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mon-fri 17:30-08:30 | 2026-12-21T17:30 | 2026-12-21T17:29",
        "Mon - Fri 17:30 - 08:30 | 2026-12-22T08:29 | 2026-12-22T08:30",
        "mon-fri 17:30–08:30 | 2026-12-26T08:29 | 2026-12-26T17:30",
        "sat-sun all-day | 2026-12-27T23:59 | 2026-12-28T00:00",
        "fri-mon 09:00-10:00 | 2026-12-21T09:30 | 2026-12-22T09:30",
        "mon, wed 09:00-24:00 | 2026-12-23T23:59 | 2026-12-22T12:00",
        "mon 00:00-12:00 | 2026-12-21T00:00 | 2026-12-21T12:00",
        "2026-12-24 | 2026-12-24T00:00 | 2026-12-25T00:00",
        "2026-12-24 - 2026-12-26 | 2026-12-26T23:59 | 2026-12-27T00:00",
        "2026-12-24 12:00 - 2026-12-27 08:30 | 2026-12-27T08:29 | 2026-12-24T11:59",
        "2026-12-24 12:00 - 2026-12-24 24:00 | 2026-12-24T23:59 | 2026-12-25T00:00",
        "holidays | 2026-12-29T12:00 | 2026-12-27T12:00",
      })
  void timesMeanWhatPeopleMean(String when, String open, String closed) {
    Schedule.Rule rule = rule(when, "");

    assertThat(open(rule, open)).as("at %s", open).isTrue();
    assertThat(open(rule, closed)).as("at %s", closed).isFalse();
  }

  @Test
  void onHolidaysTheEveningsRuleCanStandAside() {
    Schedule.Rule rule = rule("mon-fri 17:30-08:30", "holidays, 2026-12-22");

    assertThat(open(rule, "2026-12-24T18:00")).isTrue();
    assertThat(open(rule, "2026-12-25T18:00")).isFalse();
    assertThat(open(rule, "2026-12-22T18:00")).isFalse();
  }

  @Test
  void aRuleWithEveryKey() {
    config.write(
        Snapshot.SCHEDULE,
        """
        schedule:
          - name: evenings
            numbers: [sales, 01632 960001]
            divert-to: alice
            when: mon-fri 17:30-08:30
            except: 2026-12-25
        """);

    Schedule.Rule rule = config.settings().estate().schedule().rules().get(0);

    assertThat(rule.name()).isEqualTo("evenings");
    assertThat(rule.numbers())
        .containsExactly(
            Selection.of(new GroupId("sales")),
            new Selection(Selection.Kind.NUMBER, "+441632960001"));
    assertThat(rule.to()).isEqualTo(List.of(Target.of(new StaffId("alice"))));
    assertThat(rule.windows()).hasSize(1);
    assertThat(rule.except()).hasSize(1);
  }

  @Test
  void aRuleThatSaysOnlyWhatItMustRingsWhoStandsInNumbersYml() {
    config.write(
        Snapshot.SCHEDULE, "schedule: [{name: nights, numbers: all, when: sat all-day}]\n");

    Schedule.Rule rule = config.settings().estate().schedule().rules().get(0);

    assertThat(rule.to()).isEmpty();
    assertThat(rule.except()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mon-fri",
        "mon-fri 17:30",
        "mon-fri 25:00-08:30",
        "mon-fri 17:61-08:30",
        "mon-fri 09:00-09:00",
        "mon-fry 17:30-08:30",
        "mon-tue-wed all-day",
        "2026-02-30",
        "2026-12-24 12:00",
        "2026-12-27 - 2026-12-24",
        "2026-12-24 12:00 - 2026-12-24 12:00",
        "25/12/2026",
        "weekends",
        "holiday",
      })
  void aTimeThatIsNoneIsExplained(String when) {
    config.write(
        Snapshot.SCHEDULE,
        "schedule:\n  - name: x\n    numbers: all\n    when:\n      - " + when + "\n");

    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("schedule.yml:5: \"when\" is \"" + when + "\"; ");
  }
}
