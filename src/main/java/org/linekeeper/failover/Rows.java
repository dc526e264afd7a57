package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.MovedRow;
import org.linekeeper.state.Promotion;
import org.linekeeper.state.Recent;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * Which rows of the trunk (origination URLs) are still Linekeeper's to mend, and which has somebody
 * else changed? Pure but for one thing that it remembers. On the control thread.
 */
final class Rows {
  /** After a change, how long the rows of the trunk may still be mended rather than shown. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** The latest promotion's rows were not seen in place yet: the carrier may have been away. */
  private boolean owed;

  /**
   * Rows are mended while a change of Linekeeper's own is unfinished; else they are others' affair.
   */
  List<Step> steps(Picture picture) {
    State state = picture.state();
    if (state.openRolePlan().isPresent()
        || state.settings().isEmpty()
        || state.active().isEmpty()) {
      return List.of();
    }
    boolean unsettled =
        picture.carrier().rows().stream().anyMatch(row -> Origination.unsettled(state, row));
    PbxId active = state.active().get();
    return unsettled || owed || promotedLately(picture)
        ? Origination.steps(
            state, state.settings().get().estate(), picture.carrier().rows(), active)
        : List.of();
  }

  /** A carrier that was out of reach during a failover still has its rows to be moved after it. */
  void owe(Picture picture) {
    owed = !Origination.activeFirst(picture) && (owed || promotedLately(picture));
  }

  private static boolean promotedLately(Picture picture) {
    return picture
        .state()
        .promotion()
        .map(Promotion::at)
        .filter(at -> Recent.within(LATE, at, picture.now()))
        .isPresent();
  }

  /** Rows at the carrier that are not as Linekeeper left them, each with what was found. */
  static List<String> drifts(Picture picture) {
    List<String> drifts = new ArrayList<>(movedByOthers(picture));
    if (!picture.carrier().rows().isEmpty() && !Origination.activeFirst(picture)) {
      drifts.add(
          "the carrier offers calls to another PBX first than the one that is to serve ("
              + picture.state().active().map(PbxId::name).orElse("none")
              + "): no gate is held closed until that is put right by a switchover or by hand");
    }
    return drifts;
  }

  private static List<String> movedByOthers(Picture picture) {
    return picture.carrier().rows().stream()
        .flatMap(
            row ->
                Optional.ofNullable(picture.state().rows().get(row.sid()))
                    .filter(MovedRow::settled)
                    .filter(moved -> !moved.wanted().equals(row))
                    .map(
                        moved -> row.sipUrl() + " has been changed at the carrier by somebody else")
                    .stream())
        .toList();
  }
}
