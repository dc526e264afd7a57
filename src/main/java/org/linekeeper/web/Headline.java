package org.linekeeper.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.command.Held;
import org.linekeeper.estate.PbxId;
import org.linekeeper.failover.Overview;
import org.linekeeper.routing.WantedRoute;
import org.linekeeper.state.Promotion;
import org.linekeeper.verdict.Verdict;

/**
 * How are the phones? The one sentence somebody reads who has no time for another.
 *
 * @param level how good or bad that is
 * @param sentence for people
 * @param besides what else they should know, each a sentence
 */
public record Headline(Level level, String sentence, List<String> besides) {
  /** The loop looks anew every half second; when it has not for so long, it does not turn. */
  public static final Duration STALE = Duration.ofSeconds(10);

  /** Copies its list. */
  public Headline {
    besides = List.copyOf(besides);
  }

  /** For one moment. */
  public static Headline of(Overview seen, Instant now) {
    return new Writer(seen, new OfficeWords(seen.state(), now)).write(now);
  }

  /** When it cannot be said, by a defect in what would say it. */
  public static Headline unknown() {
    return new Headline(Level.WARN, "How the phones are cannot be shown here.", List.of());
  }

  /** Whether the control loop has stopped turning. */
  public static boolean stale(Overview seen, Instant now) {
    return Duration.between(seen.at(), now).compareTo(STALE) > 0;
  }

  private static final class Writer {
    private final Overview seen;
    private final OfficeWords words;

    Writer(Overview seen, OfficeWords words) {
      this.seen = seen;
      this.words = words;
    }

    Headline write(Instant now) {
      if (stale(seen, now)) {
        return new Headline(
            Level.BAD,
            "Linekeeper has not looked at the phones since "
                + words.exactly(seen.at())
                + ". The PBXs and the numbers stay as they are; nobody watches them.",
            List.of());
      }
      if (seen.state().settings().isEmpty()) {
        return new Headline(
            Level.WARN, "Linekeeper has no settings yet, so it watches nothing.", List.of());
      }
      return seen.state()
          .emergency()
          .map(
              e ->
                  headline(
                      Level.BAD,
                      "No PBX can serve since " + words.time(e.since()) + ". " + moved()))
          .orElseGet(this::served);
    }

    private Headline served() {
      Optional<PbxId> active = seen.state().active();
      Optional<Verdict> verdict = active.map(seen.verdicts()::get);
      if (verdict.isEmpty() || verdict.get().kind() == Verdict.Kind.INCONCLUSIVE) {
        return headline(
            Level.WARN,
            "Too little has been seen of "
                + active.map(PbxId::name).orElse("the PBXs")
                + " to say whether calls are answered.");
      }
      String name = verdict.get().pbx().name();
      if (verdict.get().kind() == Verdict.Kind.WATCHER_PATH_LOST) {
        return headline(
            Level.WARN,
            "Linekeeper cannot reach "
                + name
                + ", which answers calls as far as the other PBX sees.");
      }
      return verdict.get().kind().serves()
          ? headline(Level.OK, "The phones work. " + numbers() + ", answered by " + name + ".")
          : headline(
              Level.BAD,
              allAway()
                  ? name + " cannot take calls: " + verdict.get().kind().words() + ". " + moved()
                  : "Calls may go unanswered: "
                      + name
                      + " is to answer them, and cannot: "
                      + verdict.get().kind().words()
                      + ".");
    }

    private Headline headline(Level level, String sentence) {
      List<String> besides = new ArrayList<>();
      Level worst = level;
      Optional<Held> held = seen.decision().held();
      if (held.isPresent()) {
        besides.add("Linekeeper waits for somebody to confirm: " + held.get().why() + ".");
        worst = worst.or(Level.WARN);
      }
      for (String standby : standbys()) {
        besides.add(standby);
        worst = worst.or(Level.WARN);
      }
      unacknowledged().ifPresent(besides::add);
      restraint().ifPresent(besides::add);
      if (!seen.carrierReachable()) {
        besides.add("The carrier does not answer, so numbers cannot be moved now.");
        worst = worst.or(Level.WARN);
      }
      int drifts = seen.drifts().size() + seen.rowDrifts().size();
      if (drifts > 0) {
        besides.add(
            drifts == 1
                ? "Somebody else has changed something at the carrier."
                : "Somebody else has changed " + drifts + " things at the carrier.");
        worst = worst.or(Level.WARN);
      }
      boolean alarming = unacknowledged().isPresent() || !seen.troubles().isEmpty();
      return new Headline(alarming ? worst.or(Level.WARN) : worst, sentence, besides);
    }

    private List<String> standbys() {
      return seen.verdicts().values().stream()
          .filter(v -> !Optional.of(v.pbx()).equals(seen.state().active()))
          .filter(v -> v.kind().cannotServe() && !v.kind().couldServe())
          .map(v -> v.pbx() + " could not take over: " + v.kind().words() + ".")
          .toList();
    }

    /** Whoever relies on Linekeeper acting should know when it will not. */
    private Optional<String> restraint() {
      Optional<String> paused =
          seen.state()
              .pause()
              .filter(p -> seen.state().paused(seen.at()))
              .map(p -> "Paused until " + words.time(p.until()) + ": it does nothing by itself.");
      return paused.or(
          () ->
              switch (seen.state().mode()) {
                case AUTOMATIC -> Optional.empty();
                case MANUAL -> Optional.of("Linekeeper asks before it does anything.");
                case OBSERVE -> Optional.of("Linekeeper only watches and does nothing.");
              });
    }

    private Optional<String> unacknowledged() {
      return seen.state()
          .promotion()
          .filter(p -> !p.acknowledged())
          .map((Promotion p) -> p.to() + " took over from " + p.from() + " " + since(p) + ".");
    }

    private String since(Promotion promotion) {
      return "at " + words.time(promotion.at());
    }

    private String numbers() {
      long all = seen.routes().size();
      long away = away();
      if (all == 0) {
        return "There are no numbers";
      }
      if (away == 0) {
        return all == 1
            ? "The number rings at the office"
            : "All " + all + " numbers ring at the office";
      }
      if (away == all) {
        return all == 1 ? "The number rings on mobiles" : "All " + all + " numbers ring on mobiles";
      }
      return away
          + (away == 1 ? " number rings" : " numbers ring")
          + " on mobiles, the other "
          + (all - away == 1 ? "one" : all - away)
          + " at the office";
    }

    /** Where the office is out of reach, only the mobiles count. */
    private String moved() {
      long all = seen.routes().size();
      return away() == 0
          ? "The numbers are to ring on mobiles."
          : away() == all ? numbers() + "." : away() + " of " + all + " numbers ring on mobiles.";
    }

    private long away() {
      return seen.routes().values().stream().filter(r -> !r.atOffice()).count();
    }

    private boolean allAway() {
      return away() > 0
          && seen.routes().values().stream()
              .filter(r -> r.number().movable())
              .noneMatch(WantedRoute::atOffice);
    }
  }
}
