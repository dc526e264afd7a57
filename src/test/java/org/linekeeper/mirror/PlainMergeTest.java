package org.linekeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forwarding and do not disturb, through a failover and back. */
class PlainMergeTest {
  private final PlainMerge merge = new PlainMerge();
  private final Map<String, String> primary = new HashMap<>();
  private final Map<String, String> standby = new HashMap<>();

  @Test
  void whatSomebodySwitchedOffOnTheStandbyWhileItServedDoesNotComeBackWithThePrimary() {
    primary.put("100", "07700900101");
    primary.put("101", "07700900102");
    turn(primary, standby);
    merge.turned(); // the standby serves; the primary is gone
    standby.remove("100");
    standby.put("101", "07700900103");

    turn(standby, primary);
    turn(standby, primary);

    assertThat(primary).isEqualTo(Map.of("101", "07700900103"));
  }

  @Test
  void whatWasChangedOnTheStandbyAloneIsNewerAndLeftAlone() {
    primary.put("100", "1");
    turn(primary, standby);
    standby.put("100", "2");

    assertThat(turn(primary, standby).own()).isEqualTo(1);
    assertThat(standby).containsEntry("100", "2");

    primary.put("100", "3");
    turn(primary, standby);
    assertThat(standby).containsEntry("100", "3");
  }

  @Test
  void whatWasOnTheStandbyBeforeAnybodyMirroredIsNotDeleted() {
    standby.put("7", "old");

    turn(primary, standby);
    turn(primary, standby);

    assertThat(standby).containsKey("7");
  }

  @Test
  void aPbxThatComesBackWithoutItsDatabaseDoesNotEmptyASmallFamily() {
    primary.put("100", "07700900101");
    primary.put("101", "07700900102");
    turn(primary, standby);
    primary.clear();
    merge.restarted();

    turn(primary, standby);
    Comparison seen = turn(primary, standby);

    assertThat(seen.withheld()).hasValueSatisfying(why -> assertThat(why).contains("2 rows"));
    assertThat(standby).hasSize(2);

    primary.put("101", "07700900102"); // it has the family after all
    turn(primary, standby);
    turn(primary, standby);
    assertThat(standby.keySet()).containsExactly("101");
  }

  @Test
  void whoIsTheLastToSwitchItOffHasItOffOnTheStandbyToo() {
    primary.put("100", "YES");
    turn(primary, standby);
    primary.clear();

    turn(primary, standby);
    turn(primary, standby);

    assertThat(standby).isEmpty();
  }

  @Test
  void aQueueMembersNameMayHoldAnything() {
    String key = "sales\u001fLocal/100@from-queue/n";
    var who = QueueShelf.member(key, "Joe; \"J\", 2\u001fPJSIP/100\u001f3\u001fpaused\u001ftea");

    assertThat(who.queue()).isEqualTo("sales");
    assertThat(who.dials()).isEqualTo("Local/100@from-queue/n");
    assertThat(who.name()).isEqualTo("Joe; \"J\", 2");
    assertThat(who.penalty()).isEqualTo(3);
    assertThat(who.paused()).isTrue();
  }

  private Comparison turn(Map<String, String> active, Map<String, String> other) {
    Comparison seen = merge.compare(active, other, Places.forAll(), Places.forAll());
    for (Change change : seen.changes()) {
      change
          .value()
          .ifPresentOrElse(v -> other.put(change.key(), v), () -> other.remove(change.key()));
      merge.done(change);
    }
    return seen;
  }
}
