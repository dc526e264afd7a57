package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Optional;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * Calls run, as far as can be seen, and somebody must mend something all the same. Each is said
 * only where SIP answers, but for the first.
 */
final class Shortcomings {
  /** A busy PBX may once be slow to take a login. */
  private static final int LOGIN_FAILURES = 2;

  /**
   * The same where packets are lost, of which a login needs many: 5 % each way at both PBXs made
   * two in a row fail five times in an hour.
   */
  private static final int LOGIN_FAILURES_WITH_LOSS = 5;

  /** A write may once meet a database that is busy. */
  private static final int ASTDB_FAILURES = 2;

  /**
   * How much longer AMI alone may be silent where packets are lost. TCP repeats what is lost after
   * 0.2 s, then twice that each time, and delivers nothing else before: 5 % loss each way at both
   * PBXs makes silences of 3 s every few minutes, of a session that is well.
   */
  private static final Duration AMI_ALONE = Duration.ofSeconds(10);

  /** The same where none was lost yet: the first may be AMI's. Not if the session was ended. */
  private static final Duration AMI_FIRST = Duration.ofSeconds(2);

  private Shortcomings() {}

  static Optional<Finding> any(Evidence seen) {
    Optional<Finding> unasked = sipCannotBeAsked(seen);
    if (unasked.isPresent() || !sipAnswers(seen)) {
      return unasked;
    }
    return amiDeniesLogin(seen)
        .or(() -> amiSilent(seen))
        .or(() -> cannotBeAsked(Probe.CANARY, "test calls cannot be placed: ", seen))
        .or(() -> cannotBeAsked(Probe.REGISTRATIONS, "registrations cannot be seen: ", seen))
        .or(() -> amiTakesNoNewLogin(seen))
        .or(() -> TestCalls.turnedAway(seen))
        // only now, since they also fail by what is wrong between the two
        .or(() -> Audio.callsFail(seen))
        .or(() -> databaseCannotBeWritten(seen))
        .or(() -> certificate(seen));
  }

  /** One answer that was lost takes nothing back; if no more come, that is another verdict. */
  private static boolean sipAnswers(Evidence seen) {
    return seen.answeredAt(Probe.SIP_OPTIONS).isPresent()
        && seen.sight().notAsked(Probe.SIP_OPTIONS) == 0
        && seen.sipSilence().compareTo(seen.sipTolerance()) <= 0;
  }

  private static Optional<Finding> sipCannotBeAsked(Evidence seen) {
    boolean amiAnswers = seen.sight().answers(Probe.AMI_PING) > 0 && seen.amiSilence().isZero();
    return amiAnswers
        ? cannotBeAsked(Probe.SIP_OPTIONS, "AMI answers, but SIP cannot be asked: ", seen)
        : Optional.empty();
  }

  private static Optional<Finding> amiDeniesLogin(Evidence seen) {
    return seen.sight().last(Probe.AMI_LOGIN, Seen.TURNED_AWAY)
        ? said("SIP answers, but AMI denies the login: ", Probe.AMI_LOGIN, seen)
        : Optional.empty();
  }

  private static Optional<Finding> amiSilent(Evidence seen) {
    if (!seen.sight().last(Probe.SIP_OPTIONS, Seen.ANSWERED)) {
      return Optional.empty(); // both may be about to be called dead
    }
    Duration ami = seen.amiSilence();
    return ami.compareTo(seen.tolerance().plus(amiAlone(seen))) > 0
        ? Finding.of(
            Kind.DEGRADED,
            "SIP answers, but AMI has been silent for " + seen.silent(ami, Probe.AMI_PING))
        : Optional.empty();
  }

  private static Duration amiAlone(Evidence seen) {
    if (seen.sight().rough(Probe.SIP_OPTIONS)) {
      return AMI_ALONE;
    }
    return seen.sessionEnded().isPresent() ? Duration.ZERO : AMI_FIRST;
  }

  /** What the watcher may not or cannot ask says nothing of calls. */
  private static Optional<Finding> cannotBeAsked(Probe probe, String words, Evidence seen) {
    return seen.sight().notAsked(probe) > 0 ? said(words, probe, seen) : Optional.empty();
  }

  /** What can be done with the connections there are still runs; new ones do not. */
  private static Optional<Finding> amiTakesNoNewLogin(Evidence seen) {
    int enough = seen.sight().rough(Probe.SIP_OPTIONS) ? LOGIN_FAILURES_WITH_LOSS : LOGIN_FAILURES;
    return seen.sight().misses(Probe.AMI_LOGIN) >= enough && seen.lately(Probe.AMI_LOGIN)
        ? said(
            "AMI answers in the session that is up, but takes no new one: ", Probe.AMI_LOGIN, seen)
        : Optional.empty();
  }

  private static Optional<Finding> databaseCannotBeWritten(Evidence seen) {
    return seen.sight().misses(Probe.ASTDB) >= ASTDB_FAILURES
        ? said("its database (AstDB) cannot be written: ", Probe.ASTDB, seen)
        : Optional.empty();
  }

  /** Calls will not run for ever if nobody does anything. */
  private static Optional<Finding> certificate(Evidence seen) {
    return seen.sight().misses(Probe.TLS_CERT) > 0
        ? said("its TLS certificate: ", Probe.TLS_CERT, seen)
        : Optional.empty();
  }

  private static Optional<Finding> said(String words, Probe probe, Evidence seen) {
    return Finding.of(Kind.DEGRADED, words + seen.said(probe));
  }
}
