package org.linekeeper.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.Aor;
import org.linekeeper.mirror.Change.Side;

/** A day of phones that register, refresh, move and leave, while one PBX stands by. */
class ContactMergeTest {
  private final ContactMerge merge = new ContactMerge();
  private final Map<String, String> primary = new HashMap<>();
  private final Map<String, String> standby = new HashMap<>();
  private Places here = Places.forAll();
  private Places there = Places.forAll();

  @Test
  void aPhoneThatRegistersIsCopiedOnceAndItsRefreshToo() {
    primary.put("desk;@1", row("192.0.2.5", 1000));

    assertThat(turn(primary, standby).changes()).hasSize(1);
    assertThat(standby).isEqualTo(primary);
    assertThat(turn(primary, standby).changes()).isEmpty();

    primary.put("desk;@1", row("192.0.2.5", 1060));
    turn(primary, standby);
    assertThat(standby).isEqualTo(primary);
  }

  @Test
  void aPhoneThatLeavesIsRemovedOnlyWhenItIsStillGoneAtTheNextLook() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    primary.clear();

    assertThat(turn(primary, standby).changes()).isEmpty();
    assertThat(standby).hasSize(1);
    turn(primary, standby);
    assertThat(standby).isEmpty();
  }

  @Test
  void aPhoneThatComesBackWithAnotherPortTakesThePlaceOfItsOldRowAtOnce() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    primary.clear();
    primary.put("desk;@2", row("192.0.2.5", 1100));

    turn(primary, standby);

    assertThat(standby.keySet()).containsExactly("desk;@2");
  }

  @Test
  void whatThePhoneToldTheStandbyItselfAndLaterIsLeftAlone() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    standby.put("desk;@1", row("192.0.2.5", 2000));

    Comparison seen = turn(primary, standby);

    assertThat(seen.changes()).isEmpty();
    assertThat(seen.own()).isEqualTo(1);
  }

  @Test
  void theReturnedPrimarysOldRowsAreReplacedAndCopyNothing() {
    // the standby serves since the failover, and the phone has come over to it with a new port
    primary.put("desk;@1", row("192.0.2.5", 1000));
    primary.put("hall;@7", row("192.0.2.8", 900));
    standby.put("desk;@2", row("192.0.2.5", 1500));
    merge.turned();
    merge.forget(); // it was away

    Comparison seen = turn(standby, primary);

    assertThat(seen.changes()).allMatch(change -> change.side() == Side.OTHER);
    assertThat(primary.keySet())
        .as("the hall's phone may still be there")
        .containsExactlyInAnyOrder("desk;@2", "hall;@7");
    assertThat(standby.keySet()).containsExactly("desk;@2");
  }

  @Test
  void afterAPlannedSwitchoverPhonesThatGoOnRegisteringWithTheOldPrimaryAreHeard() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    merge.turned(); // the standby serves from here
    turn(standby, primary);

    primary.put("desk;@1", row("192.0.2.5", 1060));
    turn(standby, primary);

    assertThat(standby.get("desk;@1")).contains("1060");
    assertThat(turn(standby, primary).changes()).isEmpty();
  }

  @Test
  void whatTheOtherPbxRemovedAsExpiredIsNotPutBackAgainAndAgain() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    standby.clear();

    assertThat(turn(primary, standby).changes()).isEmpty();
    merge.forget(); // it has restarted, perhaps without its database
    assertThat(turn(primary, standby).changes()).hasSize(1);
  }

  @Test
  void anAorThatTheOtherPbxLacksIsCountedAndNotCopied() {
    there = Places.of(List.of(new Aor("old;desk", 1, true)));
    primary.put("new;desk;@1", row("192.0.2.5", 1000));

    Comparison seen = turn(primary, standby);

    assertThat(seen.skipped()).isEqualTo(1);
    assertThat(standby).isEmpty();
  }

  @Test
  void aPbxThatLostItsDatabaseDoesNotEmptyTheOtherOne() {
    for (int i = 0; i < 50; i++) {
      primary.put("desk" + i + ";@1", row("192.0.2.5", 1000));
    }
    turn(primary, standby);
    primary.clear();
    turn(primary, standby);

    Comparison seen = turn(primary, standby);

    assertThat(seen.withheld()).hasValueSatisfying(why -> assertThat(why).contains("50 rows"));
    assertThat(standby).hasSize(50);
  }

  @Test
  void aRowThatAmiCannotCarryIsCounted() {
    primary.put("desk;@1", row("x".repeat(1100), 1000));

    assertThat(turn(primary, standby).skipped()).isEqualTo(1);
    assertThat(standby).isEmpty();
  }

  @Test
  void aPhoneThatRegistersWithBothOverTcpKeepsItsOwnRowAtTheStandby() {
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    standby.put("desk;@2", row("192.0.2.5", 1010)); // another connection, so another key
    primary.put("desk;@1", row("192.0.2.5", 1060));

    turn(primary, standby);
    turn(primary, standby);

    assertThat(standby.keySet()).containsExactlyInAnyOrder("desk;@1", "desk;@2");
  }

  @Test
  void thatThePrimaryLetsThePhonesOtherRowGoIsNoReasonToRemoveItWhereThePhoneToldIt() {
    turn(primary, standby);
    standby.put("desk;@2", row("192.0.2.5", 1010));
    turn(primary, standby);
    assertThat(primary).containsKey("desk;@2");
    turn(primary, standby);
    primary.clear();
    primary.put("desk;@1", row("192.0.2.5", 1060)); // took its place: remove_existing

    turn(primary, standby);
    turn(primary, standby);

    assertThat(standby.keySet()).containsExactlyInAnyOrder("desk;@1", "desk;@2");
  }

  @Test
  void anAorThatIsFullAndLetsNobodyGoIsNotOverfilledOnEitherSide() {
    here = Places.of(List.of(new Aor("desk", 1, false)));
    there = Places.of(List.of(new Aor("desk", 1, false)));
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    standby.put("desk;@2", row("192.0.2.5", 1010));
    standby.remove("desk;@1");
    primary.put("desk;@1", row("192.0.2.5", 1060));

    Comparison seen = turn(primary, standby);

    assertThat(seen.changes()).isEmpty();
    assertThat(seen.skipped()).isEqualTo(1);
    assertThat(primary.keySet()).containsExactly("desk;@1");
    assertThat(standby.keySet()).containsExactly("desk;@2");
  }

  @Test
  void aFullAorHasRoomForThePhonesNewAddressSinceItsOldCopyGoes() {
    there = Places.of(List.of(new Aor("desk", 1, false)));
    primary.put("desk;@1", row("192.0.2.5", 1000));
    turn(primary, standby);
    primary.clear();
    primary.put("desk;@2", row("192.0.2.5", 1100));

    turn(primary, standby);

    assertThat(standby.keySet()).containsExactly("desk;@2");
  }

  @Test
  void phonesLongGoneDoNotMakeManyRemovalsLookFew() {
    for (int day = 0; day < 10; day++) {
      primary.clear();
      for (int i = 0; i < 20; i++) {
        primary.put("desk" + i + ";@" + day, row("192.0.2.5", 1000 + day));
      }
      turn(primary, standby);
      standby.keySet().retainAll(primary.keySet()); // the old ones expire there by themselves
    }
    turn(primary, standby);
    primary.clear();
    turn(primary, standby);

    assertThat(turn(primary, standby).withheld()).isPresent();
    assertThat(standby).hasSize(20);
  }

  private Comparison turn(Map<String, String> active, Map<String, String> other) {
    Comparison seen = merge.compare(active, other, here, there);
    for (Change change : List.copyOf(seen.changes())) {
      Map<String, String> where = change.side() == Side.ACTIVE ? active : other;
      change
          .value()
          .ifPresentOrElse(v -> where.put(change.key(), v), () -> where.remove(change.key()));
      merge.done(change);
    }
    return seen;
  }

  private static String row(String via, long expires) {
    return "{\"via_addr\":\""
        + via
        + "\",\"user_agent\":\"a, \\\"b\\\": \\\"expiration_time\\\":\\\"9\\\"\",\"uri\":\"sip:d@"
        + via
        + ":5060;transport=TCP\",\"expiration_time\":\""
        + expires
        + "\"}";
  }
}
