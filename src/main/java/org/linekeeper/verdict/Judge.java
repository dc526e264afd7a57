package org.linekeeper.verdict;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * Judges one PBX from all that was seen of it. A value: every report gives a new judge.
 *
 * <p>Nobody is called down on one signal, except a process that is provably gone: its connection
 * ended, its port refuses, and a SIP request sent afterwards got no answer.
 */
public final class Judge {
  /**
   * Every family of findings, the weightiest first: the first that finds something is the verdict.
   * Beside each stands what it can find.
   */
  private static final List<Function<Evidence, Optional<Finding>>> FAMILIES =
      List.of(
          Ending::gone, // PROCESS_GONE
          Ending::shuttingDown, // SHUTTING_DOWN
          Silence::ofAmiAndSip, // HUNG, REFUSES_CONNECTIONS, HOST_UNREACHABLE
          Silence::ofSipAlone, // SIP_DEAD
          TestCalls::fail, // CANNOT_TAKE_CALLS, DEGRADED at the call limit or without lk-canary
          Registrations::down, // TRUNK_DOWN
          Audio::dead, // NO_AUDIO, NO_AUDIO_FOR_CALLERS, DEGRADED if the carrier is heard
          WatchersPath::lost, // WATCHER_PATH_LOST
          CarriersCalls::fail, // CARRIER_CALLS_FAIL, DEGRADED after one
          Shortcomings::any, // DEGRADED
          TooLittleSeen::blind, // INCONCLUSIVE
          TooLittleSeen::tooEarly); // INCONCLUSIVE

  /** A PBX that has answered nothing for so many rounds of questions is quiet. */
  private static final int QUIET = 3;

  private final Profile profile;
  private final Sight sight;
  private final Verdict verdict;

  /** Until then nothing but bad news can change the verdict, so nobody need think about it. */
  private final Duration restsUntil;

  private Judge(Profile profile, Sight sight, Verdict verdict, Duration restsUntil) {
    this.profile = profile;
    this.sight = sight;
    this.verdict = verdict;
    this.restsUntil = restsUntil;
  }

  /** Knows nothing yet. */
  public static Judge of(PbxId pbx, Profile profile, Duration now) {
    return new Judge(
        profile,
        Sight.beginning(pbx, now),
        new Verdict(pbx, Kind.INCONCLUSIVE, "watching has just begun", now),
        now);
  }

  /** With one more report. */
  public Judge saw(Observation seen) {
    Sight after = sight.saw(seen, profile.every());
    return new Judge(
        profile, after, verdict, seen.seen() == Seen.ANSWERED ? restsUntil : seen.at());
  }

  /** The watcher stood still itself for so long: that time is not held against the PBX. */
  public Judge forgive(Duration stall) {
    return new Judge(profile, sight.forgive(stall), verdict, restsUntil);
  }

  /**
   * Judged again at that moment; the verdict keeps its {@code since} while it means the same: a
   * hung PBX whose host then falls silent too has not begun to fail anew, nor has one that answered
   * once meanwhile.
   */
  public Judge at(Duration now) {
    if (now.compareTo(restsUntil) < 0) {
      return this;
    }
    Finding finding = find(new Evidence(profile, sight, now));
    boolean rests = finding.kind() == Kind.HEALTHY && sight.allGood();
    return new Judge(
        profile, sight, verdictOf(finding, now), rests ? now.plus(profile.every()) : now);
  }

  /**
   * Whether neither AMI nor SIP has answered what was asked within the last few rounds: no reason
   * for a verdict yet, but one not to send calls there.
   */
  public boolean quiet(Duration now) {
    Duration lately = now.minus(profile.every().multipliedBy(QUIET));
    return !sight.answeredAfter(Probe.AMI_PING, lately)
        && !sight.answeredAfter(Probe.SIP_OPTIONS, lately);
  }

  /** Whether it had room for calls when that was looked at. */
  public Capacity capacity(Duration now) {
    Evidence seen = new Evidence(profile, sight, now);
    return new Capacity(
        sight.of(Probe.CALL_LIMIT).flatMap(Sight.Memory::missedAt),
        seen.answeredAt(Probe.CALL_LIMIT).filter(at -> seen.lately(Probe.CALL_LIMIT)));
  }

  /** As of the latest judgement. */
  public Verdict verdict() {
    return verdict;
  }

  private Finding find(Evidence seen) {
    Finding found = first(seen);
    return verdict.kind().cannotServe() && !found.kind().cannotServe()
        ? Comeback.notBelieved(verdict.kind(), seen).orElse(found)
        : found;
  }

  // a loop, and no stream: two hundred PBXs are judged two thousand times a second
  private static Finding first(Evidence seen) {
    for (Function<Evidence, Optional<Finding>> family : FAMILIES) {
      Optional<Finding> found = family.apply(seen);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Finding(Kind.HEALTHY, "AMI, SIP and test calls answer" + Audio.words(seen));
  }

  private Verdict verdictOf(Finding found, Duration now) {
    boolean same = verdict.kind().meansAs(found.kind());
    return same && verdict.kind() == found.kind() && verdict.evidence().equals(found.evidence())
        ? verdict
        : new Verdict(sight.pbx(), found.kind(), found.evidence(), same ? verdict.since() : now);
  }
}
