package org.linekeeper.demo.carrier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One call from the outside world to an office number, and who took it.
 *
 * @param number counts up from 1
 * @param who the PBX's Server header (or else the origination URL's name), the mobile's number, or
 *     empty if nobody
 * @param via the name of the origination URL that the call went through; empty if it was not a PBX
 * @param trace what was tried, in order, as short sentences
 * @param took from the call's start to its answer or end
 */
public record CallRecord(
    long number,
    Instant at,
    String from,
    String to,
    AnsweredBy answeredBy,
    String who,
    String via,
    List<String> trace,
    Duration took) {

  /** What kind of party took the call. */
  public enum AnsweredBy {
    PBX,
    MOBILE,
    /** A recorded sentence, such as "nobody can take your call". */
    ANNOUNCEMENT,
    NOBODY
  }
}
