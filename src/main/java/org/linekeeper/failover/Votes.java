package org.linekeeper.failover;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Verdict;

/**
 * Whether the watchers agree on what this one sees. One that did not answer, or is cut off itself,
 * counts as seeing nothing; where there are others, one of them at least is to be heard. That a
 * majority of all goes along is the journal's matter. Pure.
 */
final class Votes {
  /** So old an answer may be: two questions and their answers. */
  static final Duration VALID = Duration.ofSeconds(1);

  /**
   * So long a PBX must have been out of order, and nobody else heard, before this watcher goes by
   * what it sees alone. One of the others lives, or nothing could be decided, so its answer is only
   * late.
   */
  private static final Duration UNHEARD = Duration.ofSeconds(5);

  private Votes() {}

  /** Why calls are not moved although this watcher would; empty if they may be. */
  static Optional<String> against(Picture picture, PbxId from, PbxId to) {
    if (picture.is(from, Verdict.Kind.PROCESS_GONE)) {
      return Optional.empty(); // proof needs no votes, and those of a moment ago know less
    }
    return against(
        picture, vote -> says(vote, from, Verdict.Kind::cannotServe) && takes(vote, to), from);
  }

  /** Why numbers do not go to mobiles although this watcher sees no PBX that serves. */
  static Optional<String> againstMobiles(Picture picture, List<PbxId> pbxs) {
    return against(
        picture,
        vote -> pbxs.stream().allMatch(pbx -> says(vote, pbx, Verdict.Kind::cannotServe)),
        pbxs.get(0));
  }

  /** Whether one that was asked a moment ago may still say something else. */
  static boolean awaited(Picture picture) {
    return picture.votes().stream().anyMatch(vote -> vote.sight() == Vote.Sight.ASKED);
  }

  /** Whether another watcher than this one sees that no PBX can serve, and is not cut off. */
  static boolean seenElsewhere(Picture picture, List<PbxId> pbxs) {
    return counted(picture).stream()
        .anyMatch(
            vote -> pbxs.stream().allMatch(pbx -> says(vote, pbx, Verdict.Kind::cannotServe)));
  }

  /**
   * What each of the others says, for the record; empty text if this watcher is alone. Nobody is
   * waited for where there is proof, so there it is not held against them.
   */
  static String tally(Picture picture, PbxId pbx) {
    List<Vote> votes =
        picture.is(pbx, Verdict.Kind.PROCESS_GONE) ? counted(picture) : lately(picture);
    List<String> said = votes.stream().map(vote -> vote.sentence(pbx)).toList();
    return said.isEmpty() ? "" : "; " + String.join(", ", said);
  }

  private static Optional<String> against(Picture picture, Predicate<Vote> agrees, PbxId about) {
    List<Vote> counted = counted(picture);
    boolean others = !picture.votes().isEmpty();
    if (others && counted.isEmpty() && !longUnheard(picture, about)) {
      return Optional.of("no other watcher can say what it sees" + tally(picture, about));
    }
    long agree = 1 + counted.stream().filter(agrees).count();
    long voters = 1L + counted.size();
    return 2 * agree > voters
        ? Optional.empty()
        : Optional.of("the watchers do not agree" + tally(picture, about));
  }

  private static boolean longUnheard(Picture picture, PbxId about) {
    Duration before = picture.clock().minus(UNHEARD);
    return picture.lasting(about).compareTo(UNHEARD) >= 0
        && picture.votes().stream().allMatch(vote -> vote.at().compareTo(before) <= 0);
  }

  private static List<Vote> counted(Picture picture) {
    return lately(picture).stream().filter(vote -> vote.sight() == Vote.Sight.SEES).toList();
  }

  private static List<Vote> lately(Picture picture) {
    Duration oldest = picture.clock().minus(VALID);
    return picture.votes().stream()
        .map(
            vote ->
                vote.sight() == Vote.Sight.SEES && vote.at().compareTo(oldest) < 0
                    ? Vote.unheard(vote.watcher(), vote.at())
                    : vote)
        .toList();
  }

  private static boolean says(Vote vote, PbxId pbx, Predicate<Verdict.Kind> what) {
    return vote.kind(pbx).filter(what).isPresent();
  }

  /** One that does not see the other PBX well must not be overlooked, but cannot know better. */
  private static boolean takes(Vote vote, PbxId to) {
    return vote.kind(to).filter(kind -> kind.couldServe() || !kind.cannotServe()).isPresent();
  }
}
