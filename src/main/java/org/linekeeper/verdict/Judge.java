package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
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
  /** How many SIP requests in a row must be lost before SIP alone is called dead. */
  private static final int SIP_MISSES = 3;

  /** How many SIP requests in a row must be turned away: one 503 may be a passing overload. */
  private static final int TURNED_AWAY = 2;

  /**
   * Registrations are looked at rarely and re-tried by Asterisk itself; one look may be unlucky.
   */
  private static final int REGISTRATION_FAILURES = 2;

  /** What was seen of calls counts for so many times as long as it takes to look again. */
  private static final int LOOKS_REMEMBERED = 4;

  /** A write may once meet a database that is busy. */
  private static final int ASTDB_FAILURES = 2;

  /** A busy PBX may once be slow to take a login. */
  private static final int LOGIN_FAILURES = 2;

  /** How many of the carrier's own test calls in a row must fail. */
  private static final int CARRIER_FAILURES = 2;

  /** The carrier's test calls are as rare as every 15 minutes; four of them are remembered. */
  private static final Duration CARRIER_REMEMBERED = Duration.ofHours(1);

  /** What a freshly started watcher needs to see anything at all. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(3);

  /**
   * How much longer AMI alone may be silent where packets are lost. TCP repeats what is lost after
   * 0.2 s, then twice that each time, and delivers nothing else before: 5 % loss each way at both
   * PBXs makes silences of 3 s every few minutes, of a session that is well.
   */
  private static final Duration AMI_ALONE = Duration.ofSeconds(10);

  /**
   * For how long every SIP request must be answered before a PBX that could not serve is believed
   * again: 20 answers in a row on {@code lan}. A PBX that answers one in a hundred has not come
   * back, and must not begin to fail anew each time it does, since alarms and mobiles wait for how
   * long it has failed.
   */
  private static final Duration STEADY = Duration.ofSeconds(2);

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
    Sight after = sight.saw(seen);
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
    Finding found = find(now);
    Finding finding =
        verdict.kind().cannotServe() && !found.kind.cannotServe()
            ? notYetSteady(verdict.kind(), now).orElse(found)
            : found;
    boolean same = verdict.kind().meansAs(finding.kind);
    return new Judge(
        profile,
        sight,
        same && verdict.kind() == finding.kind && verdict.evidence().equals(finding.evidence)
            ? verdict
            : new Verdict(
                sight.pbx(), finding.kind, finding.evidence, same ? verdict.since() : now),
        finding.kind == Kind.HEALTHY && sight.allGood() ? now.plus(profile.every()) : now);
  }

  /** As of the latest judgement. */
  public Verdict verdict() {
    return verdict;
  }

  private record Finding(Kind kind, String evidence) {}

  private Finding find(Duration now) {
    return gone(now)
        .or(this::shuttingDown)
        .or(() -> silent(now))
        .or(() -> sipDead(now))
        .or(() -> cannotTakeCalls(now))
        .or(() -> trunkDown(now))
        .or(() -> noAudio(now))
        .or(() -> pathLost(now))
        .or(() -> carrierCalls(now))
        .or(() -> degraded(now))
        .or(() -> blind(now))
        .or(() -> tooEarly(now))
        .orElseGet(() -> new Finding(Kind.HEALTHY, "AMI, SIP and test calls answer" + audio(now)));
  }

  /** What is known of audio, for people: most offices have no other sight of it. */
  private String audio(Duration now) {
    if (sight.notAsked(Probe.ECHO) > 0) {
      return "; whether audio runs is not seen: " + said(Probe.ECHO);
    }
    boolean heard = sight.last(Probe.ECHO, Seen.ANSWERED) && lately(Probe.ECHO, now);
    return heard ? ", audio runs both ways" : "";
  }

  /** Why a PBX that seems to serve again is not believed yet; empty if it is. */
  private Optional<Finding> notYetSteady(Kind before, Duration now) {
    // The other PBX has seen it answer for as long as it would have to answer this watcher.
    if (sight.steady(Probe.PEER_LOOK).compareTo(STEADY) >= 0 && pathLost(now).isPresent()) {
      return Optional.empty();
    }
    Duration steady = sight.steady(Probe.SIP_OPTIONS);
    if (steady.compareTo(STEADY) < 0) {
      return Optional.of(
          new Finding(
              before,
              "answers again; believed when SIP has missed nothing for "
                  + seconds(STEADY)
                  + ", so far "
                  + seconds(steady)));
    }
    return switch (before) {
      case CANNOT_TAKE_CALLS -> callsNotSeenToRun(now);
      case TRUNK_DOWN -> trunkNotSeenUp(now);
      case NO_AUDIO_FOR_CALLERS -> audioNotHeard(now);
      default -> Optional.empty();
    };
  }

  private Optional<Finding> callsNotSeenToRun(Duration now) {
    int ran = sight.answers(Probe.CANARY);
    boolean explained = sight.misses(Probe.CANARY) >= profile.canaryFailures();
    return stillAsked(Probe.CANARY, now) && !explained && ran < profile.canaryFailures()
        ? Optional.of(
            new Finding(
                Kind.CANNOT_TAKE_CALLS,
                "answers again; believed when "
                    + profile.canaryFailures()
                    + " test calls in a row have run, so far "
                    + ran))
        : Optional.empty();
  }

  /** One look is enough: it is what Asterisk knows, and no matter of luck. */
  private Optional<Finding> trunkNotSeenUp(Duration now) {
    return stillAsked(Probe.REGISTRATIONS, now) && sight.answers(Probe.REGISTRATIONS) == 0
        ? Optional.of(
            new Finding(
                Kind.TRUNK_DOWN,
                "AMI is back; its registrations have not been seen since: "
                    + said(Probe.REGISTRATIONS)))
        : Optional.empty();
  }

  /**
   * That nobody has asked for a while does not mend audio. But once the carrier's calls go to the
   * other PBX it says nothing more of this one, and the last that it said does not hold for ever.
   */
  private Optional<Finding> audioNotHeard(Duration now) {
    boolean heard = sight.answers(Probe.ECHO) > 0 || sight.answers(Probe.CARRIER_CALL) > 0;
    boolean longAgo = !sight.reported(Probe.CARRIER_CALL, CARRIER_REMEMBERED, now);
    return heard || longAgo || sight.notAsked(Probe.ECHO) > 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Kind.NO_AUDIO_FOR_CALLERS, "it has not been heard since: " + said(Probe.ECHO)));
  }

  private boolean stillAsked(Probe probe, Duration now) {
    return lately(probe, now) && sight.notAsked(probe) == 0;
  }

  /** Whether what was seen of calls is about now: without AMI nobody asks. */
  private boolean lately(Probe probe, Duration now) {
    Duration every =
        switch (probe) {
          case CANARY -> profile.canaryEvery().plus(profile.canaryDeadline());
          case ECHO -> profile.deep().echoEvery().plus(profile.deep().echoDeadline());
          case AMI_LOGIN -> profile.deep().loginEvery();
          default -> profile.registrationsEvery();
        };
    return sight.reported(probe, every.multipliedBy(LOOKS_REMEMBERED), now);
  }

  private Optional<Finding> gone(Duration now) {
    Optional<Duration> ended =
        sight
            .of(Probe.AMI_SESSION)
            .filter(memory -> memory.is(Seen.CLOSED))
            .map(memory -> memory.latest().at());
    boolean refused = sight.last(Probe.AMI_CONNECT, Seen.REFUSED);
    return ended
        .filter(at -> refused)
        // The SIP request sent when the connection ended has had time to be answered.
        .filter(at -> now.minus(at).compareTo(profile.recheck().multipliedBy(2)) >= 0)
        .filter(at -> !sight.answeredAfter(Probe.SIP_OPTIONS, at))
        // A PBX that could not be asked by SIP may answer it well.
        .filter(at -> sight.notAsked(Probe.SIP_OPTIONS) == 0)
        // A firewall that rejects with a reset ends sessions too; the other PBX sees past it.
        .filter(at -> !sight.answeredAfter(Probe.PEER_LOOK, at))
        .map(
            at ->
                new Finding(
                    Kind.PROCESS_GONE,
                    "the AMI connection ended, its port refuses, SIP is silent"));
  }

  private Optional<Finding> shuttingDown() {
    if (sight.of(Probe.SHUTDOWN).isPresent()) {
      return Optional.of(new Finding(Kind.SHUTTING_DOWN, "it said itself that it is going down"));
    }
    boolean turnedAway =
        sight.last(Probe.SIP_OPTIONS, Seen.TURNED_AWAY)
            && sight.misses(Probe.SIP_OPTIONS) >= TURNED_AWAY;
    return turnedAway
        ? Optional.of(
            new Finding(Kind.SHUTTING_DOWN, "it answers SIP with " + said(Probe.SIP_OPTIONS)))
        : Optional.empty();
  }

  /**
   * A refusal alone proves nothing: fail2ban's REJECT refuses new connections, and lets the one
   * that is up fall silent without an end.
   */
  private Optional<Finding> silent(Duration now) {
    Duration both = bothSilent(now);
    if (both.compareTo(tolerance()) <= 0 || peerReaches(both, now)) {
      return Optional.empty();
    }
    String silence = "AMI and SIP silent for " + seconds(both);
    if (sight.last(Probe.AMI_CONNECT, Seen.ANSWERED)) {
      return Optional.of(new Finding(Kind.HUNG, silence + ", its host answers"));
    }
    if (sight.last(Probe.AMI_CONNECT, Seen.REFUSED)) {
      return Optional.of(
          new Finding(
              Kind.REFUSES_CONNECTIONS,
              silence
                  + ", new connections are refused: nobody listens, or a firewall or fail2ban"
                  + " turns this watcher away"));
    }
    if (sight.last(Probe.AMI_CONNECT, Seen.SILENT)) {
      return Optional.of(new Finding(Kind.HOST_UNREACHABLE, silence + ", so is its host"));
    }
    return Optional.of(new Finding(Kind.HUNG, silence + ", nothing known of its host"));
  }

  private Duration bothSilent(Duration now) {
    Duration ami = amiSilence(now);
    Duration sip = sight.silence(Probe.SIP_OPTIONS, profile.every(), now);
    return ami.compareTo(sip) < 0 ? ami : sip;
  }

  /**
   * Whether the other PBX got an answer by SIP, to a call that it placed since the PBX has been
   * silent for this watcher, and a moment ago. Calls of the carrier's that were not answered weigh
   * more, the latest of them placed since: then it is dead to those who matter. One that was
   * answered and not heard says nothing here: this watcher may only not have been told.
   */
  private boolean peerReaches(Duration silence, Duration now) {
    Duration began = now.minus(silence);
    boolean carrierDoesNot =
        sight.inARow(Probe.CARRIER_CALL, Seen.SILENT) >= CARRIER_FAILURES
            && sight.of(Probe.CARRIER_CALL).filter(memory -> asked(memory, began)).isPresent();
    return !carrierDoesNot
        && sight.answeredAfter(Probe.PEER_LOOK, began)
        && sight.answeredAfter(Probe.PEER_LOOK, now.minus(profile.lookValid()));
  }

  private static boolean asked(Sight.Memory memory, Duration since) {
    Observation latest = memory.latest();
    return latest.at().minus(latest.took()).compareTo(since) > 0;
  }

  /** This watcher gets no answer, and the other PBX does. */
  private Optional<Finding> pathLost(Duration now) {
    Duration both = bothSilent(now);
    Duration sip = sight.silence(Probe.SIP_OPTIONS, profile.every(), now);
    boolean silent = both.compareTo(tolerance()) > 0 && peerReaches(both, now);
    boolean sipSilent = sip.compareTo(profile.sipSilence()) > 0 && peerReaches(sip, now);
    if (!silent && !sipSilent) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            Kind.WATCHER_PATH_LOST,
            (silent ? "AMI and SIP do" : "SIP does")
                + " not answer this watcher, but "
                + said(Probe.PEER_LOOK)
                + ": fail2ban or a firewall turns this watcher away, or its own link is cut"));
  }

  /** A PBX that has never answered may still be starting, or the watcher may. */
  private Duration tolerance() {
    boolean everAnswered = sight.of(Probe.AMI_PING).flatMap(Sight.Memory::answeredAt).isPresent();
    return everAnswered || profile.freezeTolerance().compareTo(FIRST_LOOK) > 0
        ? profile.freezeTolerance()
        : FIRST_LOOK;
  }

  private Optional<Finding> sipDead(Duration now) {
    Duration sip = sight.silence(Probe.SIP_OPTIONS, profile.every(), now);
    boolean silent =
        sip.compareTo(profile.sipSilence()) > 0 && sight.misses(Probe.SIP_OPTIONS) >= SIP_MISSES;
    // AMI must be known to answer now; else it may be a freeze, which is given more time.
    boolean amiAnswers =
        sight.last(Probe.AMI_SESSION, Seen.ANSWERED)
            && sight
                .of(Probe.AMI_PING)
                .flatMap(Sight.Memory::answeredAt)
                .filter(at -> now.minus(at).compareTo(profile.every().multipliedBy(3)) <= 0)
                .isPresent();
    return silent && amiAnswers && !peerReaches(sip, now)
        ? Optional.of(
            new Finding(Kind.SIP_DEAD, "SIP silent for " + seconds(sip) + " while AMI answers"))
        : Optional.empty();
  }

  private Optional<Finding> cannotTakeCalls(Duration now) {
    if (sight.misses(Probe.CANARY) < profile.canaryFailures() || !lately(Probe.CANARY, now)) {
      return Optional.empty();
    }
    if (sight.last(Probe.CALL_LIMIT, Seen.FAILED)) {
      return Optional.of(
          new Finding(Kind.DEGRADED, Verdict.CALL_LIMIT + ": " + said(Probe.CALL_LIMIT)));
    }
    if (sight.of(Probe.CANARY).flatMap(Sight.Memory::answeredAt).isEmpty()) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED,
              "no test call has run since watching began, so they say nothing: "
                  + said(Probe.CANARY)
                  + "; look with check whether lk-canary is installed"));
    }
    return Optional.of(
        new Finding(
            Kind.CANNOT_TAKE_CALLS,
            sight.misses(Probe.CANARY) + " test calls in a row failed: " + said(Probe.CANARY)));
  }

  private Optional<Finding> trunkDown(Duration now) {
    return sight.misses(Probe.REGISTRATIONS) >= REGISTRATION_FAILURES
            && lately(Probe.REGISTRATIONS, now)
        ? Optional.of(new Finding(Kind.TRUNK_DOWN, said(Probe.REGISTRATIONS)))
        : Optional.empty();
  }

  /**
   * Several in a row: each is a handful of packets, and may be unlucky. That callers hear nothing
   * is proven only where the carrier's calls were heard before, and the PBX itself has said more
   * than once that it took one and heard nothing: else the test number may lead elsewhere.
   */
  private Optional<Finding> noAudio(Duration now) {
    boolean dead =
        sight.last(Probe.ECHO, Seen.FAILED)
            && sight.misses(Probe.ECHO) >= profile.deep().echoFailures()
            && lately(Probe.ECHO, now);
    if (!dead) {
      return Optional.empty();
    }
    Duration since = sight.of(Probe.ECHO).orElseThrow().runSince();
    boolean carrierSaid =
        sight.reported(Probe.CARRIER_CALL, CARRIER_REMEMBERED, now)
            && sight.of(Probe.CARRIER_CALL).filter(memory -> asked(memory, since)).isPresent();
    if (carrierSaid && sight.answers(Probe.CARRIER_CALL) > 0) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED,
              "the carrier's test call is heard, but the other PBX's is not: " + said(Probe.ECHO)));
    }
    boolean heardBefore =
        sight.of(Probe.CARRIER_CALL).flatMap(Sight.Memory::answeredAt).isPresent();
    if (carrierSaid
        && heardBefore
        && sight.inARow(Probe.CARRIER_CALL, Seen.FAILED) >= CARRIER_FAILURES) {
      return Optional.of(
          new Finding(
              Kind.NO_AUDIO_FOR_CALLERS,
              said(Probe.ECHO) + "; nor is the carrier's own call: " + said(Probe.CARRIER_CALL)));
    }
    return Optional.of(
        new Finding(
            Kind.NO_AUDIO,
            sight.misses(Probe.ECHO)
                + " echo calls in a row: "
                + said(Probe.ECHO)
                + (carrierSaid && sight.misses(Probe.CARRIER_CALL) > 0
                    ? "; the carrier's own call failed too: " + said(Probe.CARRIER_CALL)
                    : "")));
  }

  /** Two in a row, since one call may have been the carrier's own hiccup. */
  private Optional<Finding> carrierCalls(Duration now) {
    int failed = sight.misses(Probe.CARRIER_CALL);
    if (failed == 0 || !sight.reported(Probe.CARRIER_CALL, CARRIER_REMEMBERED, now)) {
      return Optional.empty();
    }
    return Optional.of(
        failed < CARRIER_FAILURES
            ? new Finding(
                Kind.DEGRADED, "the carrier's own test call failed: " + said(Probe.CARRIER_CALL))
            : new Finding(
                Kind.CARRIER_CALLS_FAIL,
                failed + " test calls of the carrier's failed: " + said(Probe.CARRIER_CALL)));
  }

  private Optional<Finding> degraded(Duration now) {
    boolean amiAnswers = sight.answers(Probe.AMI_PING) > 0 && amiSilence(now).isZero();
    if (amiAnswers && sight.notAsked(Probe.SIP_OPTIONS) > 0) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED, "AMI answers, but SIP cannot be asked: " + said(Probe.SIP_OPTIONS)));
    }
    if (!sight.last(Probe.SIP_OPTIONS, Seen.ANSWERED)) {
      return Optional.empty();
    }
    if (sight.last(Probe.AMI_LOGIN, Seen.TURNED_AWAY)) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED, "SIP answers, but AMI denies the login: " + said(Probe.AMI_LOGIN)));
    }
    Duration ami = amiSilence(now);
    Duration longest = sight.rough(Probe.SIP_OPTIONS) ? tolerance().plus(AMI_ALONE) : tolerance();
    return ami.compareTo(longest) > 0
        ? Optional.of(
            new Finding(Kind.DEGRADED, "SIP answers, but AMI has been silent for " + seconds(ami)))
        : notAsked(now);
  }

  /** What the watcher may not or cannot ask says nothing of calls, but somebody must mend it. */
  private Optional<Finding> notAsked(Duration now) {
    if (sight.notAsked(Probe.CANARY) > 0) {
      return Optional.of(
          new Finding(Kind.DEGRADED, "test calls cannot be placed: " + said(Probe.CANARY)));
    }
    return sight.notAsked(Probe.REGISTRATIONS) > 0
        ? Optional.of(
            new Finding(
                Kind.DEGRADED, "registrations cannot be seen: " + said(Probe.REGISTRATIONS)))
        : cannotBeReached(now);
  }

  /**
   * What can be done with the connections there are still runs; new ones do not. Calls from the
   * other PBX only come second, since they also fail by what is wrong between the two.
   */
  private Optional<Finding> cannotBeReached(Duration now) {
    if (sight.misses(Probe.AMI_LOGIN) >= LOGIN_FAILURES && lately(Probe.AMI_LOGIN, now)) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED,
              "AMI answers in the session that is up, but takes no new one: "
                  + said(Probe.AMI_LOGIN)));
    }
    return sight.misses(Probe.ECHO) >= profile.deep().echoFailures()
            && lately(Probe.ECHO, now)
            && !sight.last(Probe.ECHO, Seen.FAILED)
        ? Optional.of(
            new Finding(
                Kind.DEGRADED,
                "SIP answers, but calls from the other PBX fail: " + said(Probe.ECHO)))
        : toBeMended();
  }

  /** Calls run, and will not for ever if nobody does anything. */
  private Optional<Finding> toBeMended() {
    if (sight.misses(Probe.ASTDB) >= ASTDB_FAILURES) {
      return Optional.of(
          new Finding(
              Kind.DEGRADED, "its database (AstDB) cannot be written: " + said(Probe.ASTDB)));
    }
    return sight.misses(Probe.TLS_CERT) > 0
        ? Optional.of(new Finding(Kind.DEGRADED, "its TLS certificate: " + said(Probe.TLS_CERT)))
        : Optional.empty();
  }

  /** AMI is silent and SIP cannot be asked: it may serve, and may not. */
  private Optional<Finding> blind(Duration now) {
    Duration ami = amiSilence(now);
    return sight.notAsked(Probe.SIP_OPTIONS) > 0
            && ami.compareTo(tolerance()) > 0
            && sight.of(Probe.AMI_PING).flatMap(Sight.Memory::answeredAt).isPresent()
        ? Optional.of(
            new Finding(
                Kind.INCONCLUSIVE,
                "AMI silent for "
                    + seconds(ami)
                    + ", and SIP cannot be asked: "
                    + said(Probe.SIP_OPTIONS)))
        : Optional.empty();
  }

  private Optional<Finding> tooEarly(Duration now) {
    boolean seenBoth =
        sight.of(Probe.AMI_PING).flatMap(Sight.Memory::answeredAt).isPresent()
            && sight.of(Probe.SIP_OPTIONS).flatMap(Sight.Memory::answeredAt).isPresent();
    if (seenBoth) {
      return Optional.empty();
    }
    boolean firstLook = now.minus(sight.began()).compareTo(FIRST_LOOK) < 0;
    String sip =
        sight.notAsked(Probe.SIP_OPTIONS) > 0
            ? "; SIP cannot be asked: " + said(Probe.SIP_OPTIONS)
            : "";
    return Optional.of(
        new Finding(
            Kind.INCONCLUSIVE,
            (firstLook ? "watching has just begun" : "AMI and SIP have not both answered yet")
                + sip));
  }

  /**
   * AMI is silent as long as no ping is answered, whether or not there is a connection. In a
   * session every ping is answered or missed by its deadline; where neither is reported for longer
   * than that nobody asks, and what was said of a session is not so.
   */
  private Duration amiSilence(Duration now) {
    Duration unanswered = sight.silence(Probe.AMI_PING, profile.every(), now);
    if (!unanswered.isZero()) {
      return unanswered;
    }
    Duration answered =
        sight.of(Probe.AMI_PING).flatMap(Sight.Memory::answeredAt).orElse(sight.began());
    Optional<Duration> login =
        sight
            .of(Probe.AMI_SESSION)
            .filter(memory -> memory.is(Seen.ANSWERED))
            .map(memory -> memory.latest().at());
    Duration grace = login.map(at -> profile.deadline().plus(tolerance())).orElse(Duration.ZERO);
    Duration heard = login.filter(at -> at.compareTo(answered) > 0).orElse(answered);
    Duration silence = now.minus(heard);
    return silence.compareTo(grace) > 0 ? silence : Duration.ZERO;
  }

  private String said(Probe probe) {
    return sight.of(probe).map(memory -> memory.latest().said()).orElse("");
  }

  private static String seconds(Duration time) {
    return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
