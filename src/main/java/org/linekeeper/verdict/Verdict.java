package org.linekeeper.verdict;

import java.time.Duration;
import java.util.Locale;
import org.linekeeper.estate.PbxId;

/**
 * What is the matter with one PBX, as seen from this watcher.
 *
 * @param pbx which PBX
 * @param kind the situation
 * @param evidence what was seen, one clause for people
 * @param since since when it has served, or has not been able to, or nothing was known, by the
 *     watcher's own monotonic clock; how it cannot may have changed meanwhile
 */
public record Verdict(PbxId pbx, Kind kind, String evidence, Duration since) {
  /** How the evidence begins when a PBX takes no more calls because of its own limit. */
  static final String CALL_LIMIT = "call limit reached";

  /** How the evidence begins when AMI answers this watcher, and SIP only the other PBX. */
  static final String SIP_ALONE = "SIP does not answer this watcher";

  /** The situations a PBX can be in; each has its own answer in the failover room. */
  public enum Kind {
    /** Serves calls. */
    HEALTHY(Meaning.SERVES),
    /** Serves calls, but something is wrong that a switch would not mend or is not worth one. */
    DEGRADED(Meaning.SERVES),
    /**
     * All is well as seen from here, but calls that the carrier placed itself do not get in or are
     * not heard: a person is asked.
     */
    CARRIER_CALLS_FAIL(Meaning.SERVES),
    /**
     * Calls are answered, but the other PBX hears nothing of this one or is not heard by it. Two
     * that do not hear one another cannot tell whose audio is dead: a person is asked.
     */
    NO_AUDIO(Meaning.SERVES),
    /** Too little was seen to say. */
    INCONCLUSIVE(Meaning.UNKNOWN),
    /**
     * It does not answer this watcher, while the other PBX reaches it by SIP: it is the watcher
     * that is banned or cut off. Never a reason to move calls.
     */
    WATCHER_PATH_LOST(Meaning.UNKNOWN),
    /** Its AMI connection ended, nobody listens there any more, and SIP is silent. Proof. */
    PROCESS_GONE(Meaning.CANNOT_SERVE),
    /**
     * AMI and SIP are silent and new connections are refused, but no connection was seen to end: it
     * may not run, or a firewall may turn this watcher away while everybody else is served.
     */
    REFUSES_CONNECTIONS(Meaning.CANNOT_SERVE),
    /** AMI and SIP are silent although the host answers, or nothing is known of the host. */
    HUNG(Meaning.CANNOT_SERVE),
    /** AMI, SIP and the host itself are silent. */
    HOST_UNREACHABLE(Meaning.CANNOT_SERVE),
    /** SIP is silent while AMI answers. */
    SIP_DEAD(Meaning.CANNOT_SERVE),
    /** It says itself that it is going down, or turns every SIP request away. */
    SHUTTING_DOWN(Meaning.CANNOT_SERVE),
    /** SIP answers, but a call through the production context does not get through. */
    CANNOT_TAKE_CALLS(Meaning.CANNOT_SERVE),
    /**
     * As {@link #NO_AUDIO}, and it says itself that it took calls of the carrier's own and heard
     * nothing either, though it heard them before.
     */
    NO_AUDIO_FOR_CALLERS(Meaning.CANNOT_SERVE),
    /** A trunk that must be registered is not. */
    TRUNK_DOWN(Meaning.CANNOT_SERVE);

    private enum Meaning {
      SERVES,
      UNKNOWN,
      CANNOT_SERVE
    }

    private final Meaning meaning;

    Kind(Meaning meaning) {
      this.meaning = meaning;
    }

    /** Whether calls sent there are answered, as far as can be seen. */
    public boolean serves() {
      return meaning == Meaning.SERVES;
    }

    /** Whether calls sent there are known not to be answered. */
    public boolean cannotServe() {
      return meaning == Meaning.CANNOT_SERVE;
    }

    /**
     * Whether it could be promoted: a standby need not be registered, that is part of promoting.
     */
    public boolean couldServe() {
      return serves() || this == TRUNK_DOWN;
    }

    /** Whether somebody else has reason to doubt what is seen from here: a person is asked. */
    public boolean doubtful() {
      return this == NO_AUDIO || this == CARRIER_CALLS_FAIL;
    }

    /** Whether it serves, or may, and somebody should know what is the matter all the same. */
    public boolean needsSomebody() {
      return this == DEGRADED || this == WATCHER_PATH_LOST || doubtful();
    }

    /** Whether calls fare the same in both situations. */
    boolean meansAs(Kind other) {
      return meaning == other.meaning;
    }

    /** Such as {@code process gone}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("sip", "SIP");
    }
  }

  /** Whether it turns calls away because its own limit is reached. */
  public boolean atCallLimit() {
    return evidence.startsWith(CALL_LIMIT);
  }

  /** Whether it is only SIP that does not answer this watcher: it can still be switched by AMI. */
  public boolean onlySipUnseen() {
    return evidence.startsWith(SIP_ALONE);
  }

  /** Such as {@code primary is hung: AMI and SIP silent for 0.9 s, its host answers}. */
  public String sentence() {
    return pbx + ": " + kind.words() + " (" + evidence + ")";
  }
}
