package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.linekeeper.command.Command;
import org.linekeeper.command.Commands;
import org.linekeeper.command.Effect;
import org.linekeeper.command.Situation;
import org.linekeeper.docs.GeneratedPart;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.Decision.Permission;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/**
 * Holds the decider to {@link TransitionMap} in every situation, and ARCHITECTURE.md to the map. To
 * write a changed map into the page: {@code mvn test -Dtest=TransitionMapTest
 * -Dlinekeeper.write-docs=true}.
 */
class TransitionMapTest {
  private static final Actor PAT = new Actor(Actor.Door.PAGE, "pat");

  @Test
  void inEverySituationTheDeciderDoesWhatTheMapSays() {
    Set<TransitionMap> seen = EnumSet.noneOf(TransitionMap.class);
    Scene.forEach(
        scene -> {
          Decision decision = Decider.decide(scene.picture());
          Optional<TransitionMap> move = TransitionMap.in(scene);
          // Descriptions are costly a hundred thousand times over, so they are made on demand.
          if (!asTheMapSays(scene, decision, move)) {
            assertThat(decision).as("%s should be %s", scene, move).isNull();
          }
          move.ifPresent(seen::add);
        });
    assertThat(seen).as("moves that happen at all").containsExactly(TransitionMap.values());
  }

  private static boolean asTheMapSays(
      Scene scene, Decision decision, Optional<TransitionMap> move) {
    return move.map(
            m ->
                decision.kind() == m.kind
                    && decision.permission() == m.permission(scene)
                    && (decision.permission() != Permission.DO
                        || Scene.Phones.of(after(scene, decision)) == m.to(scene.phones())))
        .orElseGet(
            () -> {
              boolean trusted = scene.active().serves() && !scene.active().doubtful();
              boolean well = trusted && !scene.phones().mobiles;
              return decision.kind() == (well ? Decision.Kind.REST : Decision.Kind.HOLD);
            });
  }

  /** The state that the decision's own entry leads to. */
  private static State after(Scene scene, Decision decision) {
    Picture picture = scene.picture();
    return State.evolve(
        picture.state(),
        switch (decision.kind()) {
          case FAIL_OVER ->
              new Entry.Intended(
                  Scene.NOW,
                  Planner.role(
                      picture,
                      Plan.Kind.FAILOVER,
                      scene.here(),
                      decision.to().orElseThrow(),
                      Map.of(),
                      decision.reason(),
                      "p9"));
          case BEGIN_EMERGENCY -> new Entry.EmergencyBegan(Scene.NOW, decision.reason());
          case END_EMERGENCY -> new Entry.EmergencyEnded(Scene.NOW, decision.reason());
          case REST, HOLD -> throw new AssertionError(decision);
        });
  }

  @Test
  void whileOneChangeIsBeingCarriedOutNoOtherBegins() {
    Scene.forEach(
        scene -> {
          if (scene.mode() == Rules.Mode.AUTOMATIC && TransitionMap.in(scene).isPresent()) {
            Picture picture = scene.picture();
            Plan open =
                Planner.role(
                    picture,
                    Plan.Kind.SWITCHOVER,
                    scene.there(),
                    scene.here(),
                    Map.of(),
                    "by hand",
                    "p9");
            State state = State.evolve(picture.state(), new Entry.Intended(Scene.NOW, open));
            if (Decider.decide(scene.picture(state)).acts()) {
              throw new AssertionError(scene);
            }
          }
        });
  }

  @Test
  void aPersonMaySwitchToWhateverCouldServeUnlessOnlyObserving() {
    Commands commands = new Commands((estate, target) -> Optional.empty(), () -> "d1");
    RoleControl roles = new RoleControl(null, null, null, Map::of, List::of);
    Set<Verdict.Kind> allowed = new HashSet<>();
    Scene.forEach(
        scene -> {
          Picture picture = scene.picture();
          Command asked = new Command.Switchover(Optional.of(scene.there()));
          Effect effect =
              commands.decide(new Situation(picture.state(), Scene.NOW, ""), asked, PAT);
          if (effect.accepted() == (scene.mode() == Rules.Mode.OBSERVE)) {
            throw new AssertionError(scene + ": " + effect.reply());
          }
          if (roles.whyNot(picture, scene.there()).isEmpty()) {
            allowed.add(scene.other());
          }
        });
    assertThat(allowed).isEqualTo(kinds(TransitionMap::could));
  }

  @Test
  void thePageShowsTheMap() throws IOException {
    new GeneratedPart(Path.of("ARCHITECTURE.md"), TransitionMapTest.class).isUpToDate(drawn());
  }

  private static String drawn() {
    StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    for (Scene.Phones phones : Scene.Phones.values()) {
      line(text, "  state \"" + phones.words + "\" as " + phones);
    }
    line(text, "  [*] --> PRIMARY : first start");
    for (Scene.Phones phones : Scene.Phones.values()) {
      Arrays.stream(TransitionMap.values())
          .filter(move -> move.from.test(phones))
          .collect(
              Collectors.groupingBy(move -> move.to(phones), TreeMap::new, Collectors.toList()))
          .forEach((to, moves) -> arrow(text, phones, to, moves));
    }
    line(text, "```\n\n| move | when | by itself |\n|---|---|---|");
    for (TransitionMap move : TransitionMap.values()) {
      String alone = move.byItself.isEmpty() ? "yes" : move.byItself;
      line(text, "| " + move.words + " | " + move.when + " | " + alone + " |");
    }
    line(
        text,
        "| switch over, fail back | a person asks, and the other PBX could serve | only by a"
            + " person |");
    line(text, "\n| mode | what becomes of a move |\n|---|---|");
    for (Rules.Mode mode : Rules.Mode.values()) {
      line(text, "| " + word(mode) + " | " + permissions(mode, false) + " |");
    }
    line(text, "| automatic, paused | " + permissions(Rules.Mode.AUTOMATIC, true) + " |");
    line(text, "\n| verdicts | the PBX |\n|---|---|");
    line(text, "| " + words(Verdict.Kind::serves) + " | serves |");
    line(text, "| " + words(Verdict.Kind::cannotServe) + " | cannot serve |");
    line(
        text,
        "| "
            + words(kind -> !kind.serves() && !kind.cannotServe())
            + " | nothing is decided on it |");
    line(text, "| " + words(TransitionMap::could) + " | could take over |");
    return text.toString();
  }

  private static void arrow(
      StringBuilder text, Scene.Phones from, Scene.Phones to, List<TransitionMap> moves) {
    String labels = moves.stream().map(move -> move.words).collect(Collectors.joining("; "));
    String byHand = from.withOther() == to ? "; by hand" : "";
    line(text, "  " + from + " --> " + to + " : " + labels + byHand);
  }

  private static String permissions(Rules.Mode mode, boolean paused) {
    Map<Permission, String> meaning =
        Map.of(
            Permission.DO, "done at once",
            Permission.ASK, "waits until a person confirms it",
            Permission.SAY, "only said");
    Set<Permission> found = new HashSet<>();
    Scene.forEach(
        scene -> {
          boolean unquestioned = scene.evidence() && scene.diverts();
          boolean asksAnyway =
              scene.failover() == Scene.Failover.WITHOUT_TRUNK
                  || scene.active().doubtful()
                  || scene.active() == Verdict.Kind.NO_AUDIO_FOR_CALLERS;
          if (scene.mode() == mode && scene.paused() == paused && unquestioned && !asksAnyway) {
            TransitionMap.in(scene)
                .ifPresent(move -> found.add(Decider.decide(scene.picture()).permission()));
          }
        });
    return found.stream().map(meaning::get).sorted().collect(Collectors.joining(", or "));
  }

  private static Set<Verdict.Kind> kinds(Predicate<Verdict.Kind> which) {
    return Arrays.stream(Verdict.Kind.values()).filter(which).collect(Collectors.toSet());
  }

  private static String words(Predicate<Verdict.Kind> which) {
    return Arrays.stream(Verdict.Kind.values())
        .filter(which)
        .map(Verdict.Kind::words)
        .collect(Collectors.joining(", "));
  }

  private static String word(Rules.Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }
}
