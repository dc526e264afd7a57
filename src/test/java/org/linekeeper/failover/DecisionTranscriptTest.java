package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.CarrierAlert;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Entry;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Pause;
import org.linekeeper.state.Plan;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Verdict;

/**
 * Every decision in words a telephone engineer can review: {@code failover/decisions.txt}. A line
 * that begins with a word and a colon changes what is known; {@code =>} is what must follow from
 * it.
 */
class DecisionTranscriptTest {
  private static final String PRIMARY_URL = "sip:pbx1.example.com";
  private static final String STANDBY_URL = "sip:pbx2.example.com;transport=tcp";
  private static final List<OriginationUrl> ROWS =
      List.of(
          new OriginationUrl(Offices.PRIMARY_ROW, PRIMARY_URL, 10, 1, true),
          new OriginationUrl(Offices.STANDBY_ROW, STANDBY_URL, 20, 1, true));
  private static final Instant START = Instant.parse("2026-11-23T03:12:00Z");

  @Test
  void theTranscriptIsWhatTheDeciderSays() throws IOException {
    String script = read();
    List<String> said = new ArrayList<>();
    Scene scene = new Scene();
    for (String line : script.split("\n", -1)) {
      if (line.startsWith("## ")) {
        scene = new Scene();
      }
      if (line.startsWith("=> ")) {
        Decision decision = Decider.decide(scene.picture());
        said.add(
            "=> "
                + decision.permission().name().toLowerCase(Locale.ROOT)
                + " "
                + decision.kind().name().toLowerCase(Locale.ROOT)
                + ": "
                + decision.reason());
      } else {
        scene.read(line);
        said.add(line);
      }
    }
    assertThat(String.join("\n", said)).isEqualTo(script);
  }

  private static String read() throws IOException {
    try (var in = DecisionTranscriptTest.class.getResourceAsStream("/failover/decisions.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the lines since the last heading add up to. */
  private static final class Scene {
    private State state = State.EMPTY;
    private final Map<PbxId, Verdict> verdicts = new TreeMap<>();
    private boolean reachable = true;
    private final List<Undelivered> undelivered = new ArrayList<>();
    private Instant now = START;
    private Duration clock = Duration.ofHours(1);

    private Scene() {
      enter(new Entry.SettingsAccepted(START, "w1", "hash", Offices.accountants()));
      pbx("primary", "HEALTHY answers");
      pbx("standby", "HEALTHY answers");
    }

    private void read(String line) {
      String[] words = line.split(": ", 2);
      if (words.length == 2 && !line.startsWith("#")) {
        apply(words[0], words[1]);
      }
    }

    private void apply(String what, String value) {
      switch (what) {
        case "primary", "standby" -> pbx(what, value);
        case "carrier" -> reachable = value.equals("reachable");
        case "the carrier's alert" -> alert(value, "");
        case "the carrier's alert names primary" -> alert(value, PRIMARY_URL);
        case "the carrier's alert names standby" -> alert(value, STANDBY_URL);
        case "the carrier's alert names another office" -> alert(value, "sip:192.0.2.99");
        case "later" -> {
          now = now.plus(Duration.parse(value));
          clock = clock.plus(Duration.parse(value));
        }
        case "mode" -> enter(new Entry.ModeSet(now, Actor.ITSELF, Rules.Mode.valueOf(value)));
        case "paused" ->
            enter(
                new Entry.Paused(
                    now, new Pause(Actor.ITSELF, now.plus(Duration.parse(value)), "works")));
        case "failover", "switchover" -> {
          String[] why = value.split(" because of ");
          String[] pair = why[0].split(" to ");
          Plan plan =
              new Plan(
                  "p1",
                  state.epoch().next(),
                  Plan.Kind.valueOf(what.toUpperCase(Locale.ROOT)),
                  why.length > 1 ? why[1] : "earlier",
                  now,
                  Optional.of(new PbxId(pair[0])),
                  Optional.of(new PbxId(pair[1])),
                  List.of());
          enter(new Entry.Intended(now, plan));
          enter(Entry.Done.of(now, "p1", Map.of()));
        }
        case "acknowledged" -> enter(new Entry.Acknowledged(now, Actor.ITSELF));
        case "emergency" -> enter(new Entry.EmergencyBegan(now, value));
        default -> throw new IllegalArgumentException("what does \"" + what + "\" mean?");
      }
    }

    /** As Twilio writes it: one for each attempt, with the SIP URI that failed. */
    private void alert(String ago, String about) {
      CarrierAlert alert =
          new CarrierAlert("NO1", 32011, now.minus(Duration.parse(ago)), "", about);
      Undelivered.of(alert, Offices.accountants().trunk().sid(), ROWS).ifPresent(undelivered::add);
    }

    private void pbx(String name, String value) {
      String[] words = value.split(" ", 2);
      PbxId id = new PbxId(name);
      verdicts.put(id, new Verdict(id, Verdict.Kind.valueOf(words[0]), words[1], clock));
    }

    private void enter(Entry entry) {
      state = State.evolve(state, entry);
    }

    private Picture picture() {
      return new Picture(
          state, verdicts, new CarrierSight(reachable, List.of(), undelivered), now, clock);
    }
  }
}
