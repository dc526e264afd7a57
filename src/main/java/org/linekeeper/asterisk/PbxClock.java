package org.linekeeper.asterisk;

import java.time.Instant;
import org.asteriskjava.manager.response.ManagerResponse;
import org.linekeeper.asterisk.AmiAnswer.Kind;

/** What does the PBX's own clock say? Each answer to a Ping carries it, in seconds since 1970. */
final class PbxClock {
  private static final int MICROS = 6;

  private PbxClock() {}

  static AmiAnswer<Instant> of(ManagerResponse ping) {
    return of(String.valueOf(ping.getAttribute("timestamp")));
  }

  static AmiAnswer<Instant> of(AmiWire.Pong pong) {
    if (pong.ended()) {
      return AmiAnswer.no(Kind.SILENT, "AMI ended before it answered Ping");
    }
    return pong.success() ? of(pong.clock()) : AmiSession.refused("Ping", pong.message());
  }

  private static AmiAnswer<Instant> of(String stamp) {
    int point = stamp.indexOf('.');
    try {
      String seconds = point < 0 ? stamp : stamp.substring(0, point);
      String micros = (point < 0 ? "" : stamp.substring(point + 1)) + "000000";
      Instant now =
          Instant.ofEpochSecond(
              Long.parseLong(seconds), Long.parseLong(micros.substring(0, MICROS)) * 1000);
      return AmiAnswer.done(now, "its clock says " + seconds);
    } catch (NumberFormatException e) {
      return AmiAnswer.no(Kind.REFUSED, "Ping was answered without a clock: " + stamp);
    }
  }
}
