package org.linekeeper.failover;

import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Emergency;
import org.linekeeper.state.Plan;
import org.linekeeper.state.Promotion;
import org.linekeeper.verdict.Verdict;

/** What follows where the PBX that serves is well as seen from here, and not for others. Pure. */
final class Doubts {
  /** For which calls may have been moved without anybody being sure. */
  private static final Set<Verdict.Kind> DOUBTS =
      Set.of(
          Verdict.Kind.NO_AUDIO,
          Verdict.Kind.NO_AUDIO_FOR_CALLERS,
          Verdict.Kind.CARRIER_CALLS_FAIL);

  private Doubts() {}

  /**
   * It answers, and somebody else does not hear it. Two PBXs that do not hear one another cannot
   * tell whose audio is dead, and the carrier alone cannot tell whose fault it is that its calls
   * fail: so a person is asked. Empty if nobody doubts.
   */
  static Optional<Decision> of(Picture picture, PbxId active) {
    return picture
        .verdict(active)
        .map(Verdict::kind)
        .filter(Verdict.Kind::doubtful)
        .map(
            kind ->
                kind == Verdict.Kind.CARRIER_CALLS_FAIL
                    ? carrierDoubts(picture, active)
                    : peerDoubts(picture, active));
  }

  private static Decision peerDoubts(Picture picture, PbxId active) {
    return askToMove(
        picture,
        active,
        "the two PBXs cannot tell whose audio is dead: call an office number, and move the calls if"
            + " you hear nothing");
  }

  private static Decision carrierDoubts(Picture picture, PbxId active) {
    boolean everywhere =
        picture
            .other(active)
            .filter(other -> picture.is(other, Verdict.Kind.CARRIER_CALLS_FAIL))
            .isPresent();
    return everywhere
        ? Decision.beginEmergency(
                Emergency.CUT_OFF
                    + ": "
                    + picture.sentence(active)
                    + "; the other PBX fares the same, so the way to the office may be cut")
            .asking("whether numbers are to ring on mobiles is for a person to say")
        : askToMove(
            picture,
            active,
            "all is well as seen from here: call an office number, and move the calls if it fails");
  }

  private static Decision askToMove(Picture picture, PbxId active, String why) {
    String seen = picture.sentence(active);
    Optional<PbxId> other = picture.other(active);
    if (other.isEmpty()) {
      return Decision.hold(seen + "; the other PBX could not take over");
    }
    return leftForTheSame(picture, active)
        ? Decision.hold(seen + "; the calls came from " + other.get() + " for the same reason")
        : Decision.failOver(
                other.get(), seen + "; " + other.get() + " could take over from " + active)
            .asking(why);
  }

  /** Asking to go back to where nothing was heard either would ask for ever. */
  private static boolean leftForTheSame(Picture picture, PbxId active) {
    return picture
        .state()
        .promotion()
        .filter(p -> p.kind() == Plan.Kind.FAILOVER && !p.acknowledged())
        .filter(p -> p.to().equals(active))
        .filter(p -> DOUBTS.stream().anyMatch(kind -> p.reason().startsWith(beginning(p, kind))))
        .isPresent();
  }

  private static String beginning(Promotion promotion, Verdict.Kind kind) {
    return promotion.from() + ": " + kind.words();
  }
}
