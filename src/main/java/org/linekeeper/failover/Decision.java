package org.linekeeper.failover;

import java.util.Optional;
import org.linekeeper.command.Held;
import org.linekeeper.estate.PbxId;

/**
 * What follows from what is seen, and why.
 *
 * @param kind what should be done
 * @param permission whether Linekeeper may do it by itself
 * @param reason one sentence; the log, the journal, the page and the report all show it
 * @param to the PBX that should serve, if that changes
 */
public record Decision(Kind kind, Permission permission, String reason, Optional<PbxId> to) {
  /** What can be done. */
  public enum Kind {
    /** Nothing: all is as it should be. */
    REST,
    /** Nothing, although something is wrong; the reason says why not. */
    HOLD,
    /** Let the other PBX serve. */
    FAIL_OVER,
    /** Send every number to mobiles. */
    BEGIN_EMERGENCY,
    /** Send the numbers back to the office. */
    END_EMERGENCY
  }

  /** Whether it may be done. */
  public enum Permission {
    /** Now, by itself. */
    DO,
    /** Only when a person confirms. */
    ASK,
    /** Only said, never done. */
    SAY
  }

  static Decision rest(String reason) {
    return new Decision(Kind.REST, Permission.DO, reason, Optional.empty());
  }

  static Decision hold(String reason) {
    return new Decision(Kind.HOLD, Permission.DO, reason, Optional.empty());
  }

  static Decision failOver(PbxId to, String reason) {
    return new Decision(Kind.FAIL_OVER, Permission.DO, reason, Optional.of(to));
  }

  static Decision beginEmergency(String reason) {
    return new Decision(Kind.BEGIN_EMERGENCY, Permission.DO, reason, Optional.empty());
  }

  static Decision endEmergency(String reason) {
    return new Decision(Kind.END_EMERGENCY, Permission.DO, reason, Optional.empty());
  }

  Decision asking(String why) {
    return new Decision(kind, Permission.ASK, reason + "; " + why, to);
  }

  Decision onlySaying() {
    return new Decision(kind, Permission.SAY, reason, to);
  }

  /** What a person can confirm; empty unless it waits for one. */
  public Optional<Held> held() {
    if (permission != Permission.ASK) {
      return Optional.empty();
    }
    return switch (kind) {
      case REST, HOLD -> Optional.empty();
      case FAIL_OVER -> to.map(pbx -> Held.failover(pbx, reason));
      case BEGIN_EMERGENCY -> Optional.of(Held.mobiles(reason));
      case END_EMERGENCY -> Optional.of(Held.office(reason));
    };
  }

  /** Whether anything would change. */
  public boolean acts() {
    return kind != Kind.REST && kind != Kind.HOLD;
  }

  /** Whether it is the same situation: reasons carry times and counts that move. */
  boolean sameAs(Decision other) {
    return kind == other.kind && permission == other.permission && to.equals(other.to);
  }
}
