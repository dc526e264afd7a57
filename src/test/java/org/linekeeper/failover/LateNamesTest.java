package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.ServiceName;
import org.linekeeper.state.NameRecords;

/** The name server was away while the service moved. */
class LateNamesTest {
  private static final NameRecords OLD = new NameRecords(30, List.of("192.0.2.10"));
  private static final NameRecords NEW = new NameRecords(30, List.of("192.0.2.11"));
  private static final NameRecords FOREIGN = new NameRecords(30, List.of("203.0.113.9"));

  private final ServiceName name = Movings.all().names().get(0);
  private final LateNames late = new LateNames();

  @Test
  void aNameThatStillSaysThePreviousPbxIsTriedAgainLessAndLessOften() {
    move();

    assertThat(late.due(name, OLD, NEW, seconds(0)))
        .hasValueSatisfying(
            step -> {
              assertThat(step.before()).isEqualTo(OLD);
              assertThat(step.want()).isEqualTo(NEW);
            });
    assertThat(late.due(name, OLD, NEW, seconds(59))).isEmpty();
    assertThat(late.due(name, OLD, NEW, seconds(60))).isPresent();
    assertThat(late.due(name, OLD, NEW, seconds(179))).isEmpty();
    assertThat(late.due(name, OLD, NEW, seconds(180))).isPresent();
    long tries = 0;
    for (int hour = 0; hour < 24 * 60; hour++) {
      tries += late.due(name, OLD, NEW, seconds(180 + 60L * hour)).stream().count();
    }
    assertThat(tries).as("in a day").isBetween(24L, 30L);
  }

  @Test
  void aNameThatSaysWhatNobodyHereWroteIsLeftAlone() {
    move();

    assertThat(late.due(name, FOREIGN, NEW, seconds(0))).isEmpty();
  }

  @Test
  void aNameThatHasFollowedAndWasPutBackByHandIsLeftAlone() {
    move();
    assertThat(late.due(name, NEW, NEW, seconds(0))).isEmpty();

    assertThat(late.due(name, OLD, NEW, seconds(120))).isEmpty();
    assertThat(late.isLate(name, OLD)).isFalse();
  }

  @Test
  void aWatcherThatHasSeenNoMoveChangesNothing() {
    late.serves(Offices.STANDBY);

    assertThat(late.due(name, OLD, NEW, seconds(0))).isEmpty();
  }

  private void move() {
    late.serves(Offices.PRIMARY);
    late.serves(Offices.STANDBY);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
