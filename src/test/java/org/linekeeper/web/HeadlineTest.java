package org.linekeeper.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.Decision;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Pause;
import org.linekeeper.verdict.Verdict;

/** One plain sentence for whoever has no time for another. */
class HeadlineTest {
  private static Headline headline(Scene scene) {
    return Headline.of(scene.overview(), Scene.NOW);
  }

  @Test
  void aStandbyThatIsKeptOffTheTrunkIsReady() {
    Headline seen =
        headline(
            Scene.calm().sees(Offices.STANDBY, Verdict.Kind.TRUNK_DOWN, "carrier is unregistered"));

    assertThat(seen.level()).isEqualTo(Level.OK);
    assertThat(seen.besides()).isEmpty();
  }

  @Test
  void onAnOrdinaryMorning() {
    Headline calm = headline(Scene.calm());

    assertThat(calm.level()).isEqualTo(Level.OK);
    assertThat(calm.sentence())
        .isEqualTo("The phones work. All 3 numbers ring at the office, answered by primary.");
    assertThat(calm.besides()).isEmpty();
  }

  @Test
  void afterAFailover() {
    Headline after = headline(Scene.calm().failedOver());

    assertThat(after.level()).isEqualTo(Level.WARN);
    assertThat(after.sentence()).startsWith("The phones work.").contains("answered by standby");
    assertThat(after.besides())
        .containsExactly(
            "primary could not take over: process gone.",
            "standby took over from primary at 10:00.");
  }

  @Test
  void whenTheStandbyIsDeadToo() {
    Headline fire =
        headline(
            Scene.calm()
                .sees(Offices.PRIMARY, Verdict.Kind.HOST_UNREACHABLE, "silent")
                .sees(Offices.STANDBY, Verdict.Kind.HOST_UNREACHABLE, "silent")
                .decides(
                    new Decision(
                        Decision.Kind.BEGIN_EMERGENCY,
                        Decision.Permission.ASK,
                        "no PBX can serve",
                        Optional.empty())));

    assertThat(fire.level()).isEqualTo(Level.BAD);
    assertThat(fire.sentence())
        .isEqualTo(
            "Calls may go unanswered: primary is to answer them, and cannot: host unreachable.");
    assertThat(fire.besides())
        .contains("Linekeeper waits for somebody to confirm: no PBX can serve.");
  }

  @Test
  void onceEverythingWentToMobiles() {
    Headline emergency =
        headline(
            Scene.calm()
                .sees(Offices.PRIMARY, Verdict.Kind.HUNG, "silent")
                .records(new Entry.EmergencyBegan(Scene.NOW, "both PBXs are silent")));

    assertThat(emergency.level()).isEqualTo(Level.BAD);
    assertThat(emergency.sentence())
        .isEqualTo("No PBX can serve since 10:00. 2 of 3 numbers ring on mobiles.");
  }

  @Test
  void whileTooLittleWasSeen() {
    assertThat(headline(Scene.calm().sees(Offices.PRIMARY, Verdict.Kind.INCONCLUSIVE, "new")))
        .satisfies(
            h -> {
              assertThat(h.level()).isEqualTo(Level.WARN);
              assertThat(h.sentence()).contains("Too little has been seen of primary");
            });
  }

  @Test
  void whenTheCarrierDoesNotAnswer() {
    Headline headline = headline(Scene.calm().withoutCarrier());

    assertThat(headline.level()).isEqualTo(Level.WARN);
    assertThat(headline.besides())
        .containsExactly("The carrier does not answer, so numbers cannot be moved now.");
  }

  @Test
  void whileLinekeeperIsHeldBack() {
    Actor alice = new Actor(Actor.Door.PAGE, "alice");
    Pause pause = new Pause(alice, Scene.NOW.plusSeconds(3_600), "works on the trunk");

    assertThat(headline(Scene.calm().records(new Entry.Paused(Scene.NOW, pause))).besides())
        .containsExactly("Paused until 11:00: it does nothing by itself.");
    assertThat(
            headline(Scene.calm().records(new Entry.ModeSet(Scene.NOW, alice, Rules.Mode.OBSERVE)))
                .besides())
        .containsExactly("Linekeeper only watches and does nothing.");
  }

  @Test
  void whenLinekeeperItselfStandsStill() {
    Headline stuck = headline(Scene.calm().stuck());

    assertThat(stuck.level()).isEqualTo(Level.BAD);
    assertThat(stuck.sentence()).contains("nobody watches them", "09:59:00");
  }
}
