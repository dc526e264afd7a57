package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Verdict;

/**
 * Whether the watchers agree on what this one sees. One that did not answer, or is cut off itself,
 * counts as seeing nothing; that a majority of all goes along is the journal's matter. Pure.
 */
final class Votes {
  /** So old an answer may be: two questions and their answers. */
  static final Duration VALID = Duration.ofSeconds(1);

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

  /** Whether another watcher than this one sees that no PBX can serve, and is not cut off. */
  static boolean seenElsewhere(Picture picture, List<PbxId> pbxs) {
    return counted(picture).stream()
        .anyMatch(
            vote -> pbxs.stream().allMatch(pbx -> says(vote, pbx, Verdict.Kind::cannotServe)));
  }

  /** What each of those that count says, for the record; empty text if this watcher is alone. */
  static String tally(Picture picture, PbxId pbx) {
    List<String> said = counted(picture).stream().map(vote -> vote.sentence(pbx)).toList();
    return said.isEmpty() ? "" : "; " + String.join(", ", said);
  }

  private static Optional<String> against(Picture picture, Predicate<Vote> agrees, PbxId about) {
    List<Vote> counted = counted(picture);
    long agree = 1 + counted.stream().filter(agrees).count();
    long voters = 1L + counted.size();
    return 2 * agree > voters
        ? Optional.empty()
        : Optional.of("the watchers do not agree" + tally(picture, about));
  }

  private static List<Vote> counted(Picture picture) {
    List<Vote> counted = new ArrayList<>();
    for (Vote vote : picture.votes()) {
      boolean lately = picture.clock().minus(vote.at()).compareTo(VALID) <= 0;
      if (lately && !vote.isolated()) {
        counted.add(vote);
      }
    }
    return counted;
  }

  private static boolean says(Vote vote, PbxId pbx, Predicate<Verdict.Kind> what) {
    return vote.kind(pbx).filter(what).isPresent();
  }

  /** One that does not see the other PBX well must not be overlooked, but cannot know better. */
  private static boolean takes(Vote vote, PbxId to) {
    return vote.kind(to).filter(kind -> !kind.cannotServe()).isPresent();
  }
}
