package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/**
 * All that was seen of one PBX, looked at from one moment: what several families of findings ask.
 *
 * @param profile how often it is asked and how long answers may take
 * @param sight what was seen
 * @param now the moment, by the watcher's own monotonic clock
 */
record Evidence(Profile profile, Sight sight, Duration now) {
  /** What a freshly started watcher needs to see anything at all. */
  static final Duration FIRST_LOOK = Duration.ofSeconds(3);

  /** What was seen of calls counts for so many times as long as it takes to look again. */
  private static final int LOOKS_REMEMBERED = 4;

  /** The carrier's test calls are as rare as every 15 minutes; four of them are remembered. */
  private static final Duration CARRIER_REMEMBERED = Duration.ofHours(1);

  /** The latest that the probe said; empty if it never did. */
  String said(Probe probe) {
    return sight.of(probe).map(memory -> memory.latest().said()).orElse("");
  }

  /** Whether what the probe saw is about now: without AMI nobody places test calls, say. */
  boolean lately(Probe probe) {
    return sight.reported(probe, remembered(probe), now);
  }

  /** Whether the probe still asks, and can. */
  boolean stillAsked(Probe probe) {
    return lately(probe) && sight.notAsked(probe) == 0;
  }

  private Duration remembered(Probe probe) {
    Duration every =
        switch (probe) {
          case CANARY -> profile.canaryEvery().plus(profile.canaryDeadline());
          case ECHO -> profile.deep().echoEvery().plus(profile.deep().echoDeadline());
          case AMI_LOGIN -> profile.deep().loginEvery();
          default -> profile.registrationsEvery();
        };
    return probe == Probe.CARRIER_CALL ? CARRIER_REMEMBERED : every.multipliedBy(LOOKS_REMEMBERED);
  }

  /** When the probe was last answered well; empty if it never was. */
  Optional<Duration> answeredAt(Probe probe) {
    return sight.of(probe).flatMap(Sight.Memory::answeredAt);
  }

  /** Whether the latest question of the probe's was asked after that moment. */
  boolean askedAfter(Probe probe, Duration moment) {
    return sight
        .of(probe)
        .map(Sight.Memory::latest)
        .filter(latest -> latest.at().minus(latest.took()).compareTo(moment) > 0)
        .isPresent();
  }

  /** When the AMI session ended, if there has been none since. */
  Optional<Duration> sessionEnded() {
    return sight
        .of(Probe.AMI_SESSION)
        .filter(memory -> memory.is(Seen.CLOSED) || memory.is(Seen.RESET))
        .map(memory -> memory.latest().at());
  }

  /** For how long SIP has not answered this watcher. */
  Duration sipSilence() {
    return sight.silence(Probe.SIP_OPTIONS, profile.every(), now);
  }

  /**
   * AMI is silent as long as no ping is answered, whether or not there is a connection. In a
   * session every ping is answered or missed by its deadline; where neither is reported for longer
   * than that nobody asks, and what was said of a session is not so.
   */
  Duration amiSilence() {
    Duration unanswered = sight.silence(Probe.AMI_PING, profile.every(), now);
    if (!unanswered.isZero()) {
      return unanswered;
    }
    Duration answered = answeredAt(Probe.AMI_PING).orElse(sight.began());
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

  /** For how long both have been silent. */
  Duration bothSilent() {
    Duration ami = amiSilence();
    Duration sip = sipSilence();
    return ami.compareTo(sip) < 0 ? ami : sip;
  }

  /** A PBX that has never answered may still be starting, or the watcher may. */
  Duration tolerance() {
    return orFirstLook(Probe.AMI_PING, profile.freezeTolerance());
  }

  /**
   * The same for SIP alone: a first TLS handshake of a JVM that has just started takes its time.
   */
  Duration sipTolerance() {
    return orFirstLook(Probe.SIP_OPTIONS, profile.sipSilence());
  }

  private Duration orFirstLook(Probe probe, Duration tolerance) {
    return answeredAt(probe).isPresent() || tolerance.compareTo(FIRST_LOOK) > 0
        ? tolerance
        : FIRST_LOOK;
  }

  /**
   * Such as {@code 0.9 s}, or on a path that loses packets or is slow {@code 0.9 s beyond the 0.7 s
   * that a bad path is given}, by which {@link Sight#silence} begins later.
   */
  String silent(Duration time, Probe... probes) {
    Duration given =
        Stream.of(probes)
            .map(probe -> sight.patience(probe, profile.every()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return given.compareTo(profile.every()) < 0
        ? seconds(time)
        : seconds(time) + " beyond the " + seconds(given) + " that a bad path is given";
  }

  /** Such as {@code 0.9 s}. */
  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
