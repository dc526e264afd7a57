package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One named fault: {@code mvn -q verify -Pgameday -Dfault=host-cut}; {@code -Dfault=list} lists
 * them, {@code -Dasterisk=16} takes the old Asterisk.
 */
@Tag("lab")
class GameDayIT {
  @Test
  void aNamedFaultAndWhatCallersMadeOfIt() {
    String fault = System.getProperty("fault", "killed");
    if (fault.equals("list")) {
      for (Fault each : Fault.values()) {
        System.out.printf("%-38s %-8s %s%n", each.title(), each.wanted().words(), each.about());
      }
      return;
    }
    FaultReport report =
        GameDay.result(
            FaultReport.class,
            "fault",
            Fault.named(fault).title(),
            System.getProperty("asterisk", "22"));
    assertThat(report.complaint()).as(report.toString()).isEmpty();
  }
}
