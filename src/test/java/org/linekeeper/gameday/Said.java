package org.linekeeper.gameday;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.gameday.FaultReport.Answer;

/**
 * What Linekeeper made of a fault, of all that it said since. What it had said before is no news: a
 * standby that is off the trunk, say.
 *
 * @param verdict see {@link FaultReport}
 * @param after milliseconds, see {@link FaultReport}
 */
record Said(String verdict, Answer answer, long after, String sentence) {

  static Said since(Instant fault, Seen before, Watching watching) {
    List<Seen> heard = watching.heardSince(fault);
    long after =
        heard.stream()
            .filter(seen -> tells(seen, before))
            .findFirst()
            .map(seen -> Duration.between(fault, seen.at()).toMillis())
            .orElse(-1L);
    Optional<Seen> diverted = heard.stream().filter(Seen::diverts).findFirst();
    if (diverted.isPresent()) {
      return new Said(
          verdicts(heard, before, ""), Answer.MOBILES, after, diverted.get().said().get(0));
    }
    Optional<Seen> switched =
        heard.stream().filter(seen -> !seen.active().equals(before.active())).findFirst();
    if (switched.isPresent()) {
      return new Said(
          verdicts(heard, before, ""), Answer.SWITCH, after, switched.get().promotion());
    }
    Optional<Seen> asked = heard.stream().filter(Seen::asks).findFirst();
    if (asked.isPresent()) {
      String reason = asked.get().reason();
      String ofPbxs = verdicts(heard, before, reason);
      // that the whole office cannot be reached is a verdict on no PBX
      String verdict =
          asked.get().decision().equals("begin-emergency") && !ofPbxs.equals(named(reason))
              ? named(reason) + "; " + ofPbxs
              : ofPbxs;
      return new Said(verdict, Answer.ASK, after, reason);
    }
    Optional<Seen> told = heard.stream().filter(seen -> tells(seen, before)).reduce((a, b) -> b);
    if (told.isPresent()) {
      String sentence = sentence(told.get(), before);
      return new Said(verdicts(heard, before, sentence), Answer.ALERT, after, sentence);
    }
    return new Said(
        "", Answer.NOTHING, after, heard.isEmpty() ? "" : heard.get(heard.size() - 1).reason());
  }

  /** Calls go elsewhere since. */
  static boolean moved(Seen seen, Seen before) {
    return seen.diverts() || !seen.active().equals(before.active());
  }

  /** A passing inconclusive is no news for people. */
  private static boolean tells(Seen seen, Seen before) {
    boolean verdict =
        seen.bad().entrySet().stream().anyMatch(v -> !before.bad().entrySet().contains(v));
    boolean headline =
        !seen.level().equals("ok") && !seen.level().equals(before.level()) && seen.allHealthy();
    return verdict || headline || seen.asks();
  }

  /** Those on the PBXs; if none, what the sentence begins with. */
  private static String verdicts(List<Seen> heard, Seen before, String sentence) {
    Set<String> verdicts = new LinkedHashSet<>();
    for (Seen seen : heard) {
      seen.bad().entrySet().stream()
          .filter(verdict -> !before.bad().entrySet().contains(verdict))
          .forEach(verdict -> verdicts.add(verdict.getKey() + " " + verdict.getValue()));
    }
    return verdicts.isEmpty() ? named(sentence) : String.join(", ", verdicts);
  }

  private static String named(String sentence) {
    return sentence.split("[:(;]", 2)[0].trim();
  }

  private static String sentence(Seen seen, Seen before) {
    return seen.bad().entrySet().stream()
        .filter(verdict -> !before.bad().entrySet().contains(verdict))
        .findFirst()
        .map(v -> v.getKey() + ": " + v.getValue() + " (" + seen.evidence().get(v.getKey()) + ")")
        .orElseGet(() -> String.join(" ", seen.said()));
  }
}
