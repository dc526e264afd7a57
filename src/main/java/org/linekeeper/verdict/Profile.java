package org.linekeeper.verdict;

import java.time.Duration;

/**
 * How often each probe asks and how long its answer may take. One shipped set for each kind of
 * network serves both the speed and the false-alarm figures; see docs/BENCHMARKS.md.
 *
 * @param every between two AMI pings, and between two SIP OPTIONS
 * @param deadline how long one ping or OPTIONS may take before it counts as missed
 * @param freezeTolerance how long a PBX may be silent on AMI and SIP together without being called
 *     hung: offices whose virtual machines are snapshotted set it to more than a snapshot takes
 * @param sipSilence how long SIP alone may be silent while AMI answers; at 5 % loss each way one
 *     OPTIONS is lost with p = 0.0975, and eight in a row about every 4 months at ten a second
 * @param recheck after AMI ended, how long to wait before asking whether anybody listens, and again
 *     before asking once more; a connect can still succeed in the first milliseconds of a process's
 *     end, and by the second answer a PBX that lives has answered by SIP, and its neighbour's look
 *     at it, which takes some 7 ms, is back
 * @param connectDeadline how long a TCP connection may take
 * @param reconnectEvery between two attempts to get the AMI session back; at most one second, so
 *     that a PBX that returns is told its role in time
 * @param canaryEvery between two canary calls
 * @param canaryDeadline how long a canary call may take
 * @param canaryFailures how many canary calls in a row must fail before calls are said to fail
 * @param registrationsEvery between two looks at the outbound registrations and the call limit
 * @param deep the slower probes, which use a call slot or a login
 */
public record Profile(
    Duration every,
    Duration deadline,
    Duration freezeTolerance,
    Duration sipSilence,
    Duration recheck,
    Duration connectDeadline,
    Duration reconnectEvery,
    Duration canaryEvery,
    Duration canaryDeadline,
    int canaryFailures,
    Duration registrationsEvery,
    Deep deep) {

  /**
   * Probes that use a call slot or a login of the PBX, and so are rare.
   *
   * @param echoEvery between two echo calls to one PBX; each takes some 2 s, so that a slot is used
   *     a fifth of the time on {@code lan}
   * @param echoDeadline of one echo call: ringing at most 4 s, or talking at most 4 s
   * @param echoFailures how many echo calls in a row must hear nothing before audio is said to be
   *     dead
   * @param lookEvery while a PBX does not answer this watcher, between two calls by which the other
   *     one looks at it
   * @param lookDeadline of such a look, which takes 2 to 10 ms where SIP is alive; with {@code
   *     deadline} it must fit into the freeze tolerance, so that it delays nothing
   * @param loginEvery between two fresh AMI logins
   */
  public record Deep(
      Duration echoEvery,
      Duration echoDeadline,
      int echoFailures,
      Duration lookEvery,
      Duration lookDeadline,
      Duration loginEvery) {}

  /**
   * For how long a look's answer speaks for the PBX. It must outlive a silence within the freeze
   * tolerance of either: of the one that is looked at, which is given that time by everybody, and
   * of the one that looks, which counts as well meanwhile and would be sent the calls. What it
   * takes to look again, and to know of a silence, comes on top; no look may be missed for that
   * long either.
   */
  public Duration lookValid() {
    return freezeTolerance.plus(deep.lookEvery).plus(deep.lookDeadline).plus(every.multipliedBy(2));
  }

  /** For a watcher in the PBXs' own network. */
  public static Profile lan() {
    return new Profile(
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(800),
        Duration.ofMillis(800),
        Duration.ofMillis(15),
        Duration.ofMillis(300),
        Duration.ofMillis(250),
        Duration.ofSeconds(2),
        Duration.ofMillis(1500),
        2,
        Duration.ofSeconds(5),
        new Deep(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            2,
            Duration.ofMillis(500),
            Duration.ofMillis(300),
            Duration.ofSeconds(30)));
  }

  /** For a watcher that reaches the PBXs across the internet or a VPN. */
  public static Profile wan() {
    return new Profile(
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(6),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofSeconds(15),
        Duration.ofSeconds(4),
        2,
        Duration.ofSeconds(15),
        new Deep(
            Duration.ofSeconds(30),
            Duration.ofSeconds(7),
            2,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(2)));
  }

  /** The same, but a PBX may be silent for that long; SIP alone is not given less than before. */
  public Profile withFreezeTolerance(Duration tolerance) {
    return new Profile(
        every,
        deadline,
        tolerance,
        sipSilence.compareTo(tolerance) > 0 ? sipSilence : tolerance,
        recheck,
        connectDeadline,
        reconnectEvery,
        canaryEvery,
        canaryDeadline,
        canaryFailures,
        registrationsEvery,
        deep);
  }
}
