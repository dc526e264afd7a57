package org.linekeeper.failover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.MovedRow;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.State;
import org.linekeeper.state.Step;

/**
 * The steps at the carrier that make a PBX the first to be tried. Rows that Linekeeper moved
 * earlier go back to how they were found, as soon as that puts the right PBX first.
 */
final class Origination {
  /** Where a row goes that has to make way, when there is no room before it. */
  private static final int OUT_OF_THE_WAY = 100;

  private Origination() {}

  /**
   * @param rows the trunk's rows as the carrier has them now
   * @return empty if the PBX is first already, or is not reached by an origination URL
   */
  static List<Step> steps(State state, Estate estate, List<OriginationUrl> rows, PbxId serving) {
    Optional<OriginationUrl> row = estate.pbx(serving).flatMap(pbx -> rowOf(pbx, rows));
    if (row.isEmpty()) {
      return List.of();
    }
    List<OriginationUrl> asFound = rows.stream().map(r -> asFound(state, r)).toList();
    List<OriginationUrl> wanted =
        first(asFound, row.get().sid()) ? asFound : promoted(rows, row.get().sid());
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      // A late request may have made it right already: the step settles that, and asks nobody.
      if (!rows.get(i).equals(wanted.get(i)) || unsettled(state, rows.get(i))) {
        steps.add(new Step.MoveOrigination(estate.trunk().sid(), rows.get(i), wanted.get(i)));
      }
    }
    // The serving PBX's own row first: it is the one that callers wait for.
    steps.sort(
        Comparator.comparing(
            step -> !((Step.MoveOrigination) step).want().sid().equals(row.get().sid())));
    return steps;
  }

  /**
   * Whether the carrier offers calls to the active PBX first; true for a PBX that it does not reach
   * by a row, false before its rows were read.
   */
  static boolean activeFirst(Picture picture) {
    Optional<String> row =
        picture.state().active().stream()
            .flatMap(
                active -> picture.state().settings().flatMap(s -> s.estate().pbx(active)).stream())
            .map(Pbx::originationUrl)
            .filter(sid -> !sid.isEmpty())
            .findFirst();
    return row.isEmpty() || first(picture.carrier().rows(), row.get());
  }

  /** Whether calls would be offered to the row first. */
  static boolean first(List<OriginationUrl> rows, String sid) {
    Optional<OriginationUrl> row = rows.stream().filter(r -> r.sid().equals(sid)).findFirst();
    return row.filter(OriginationUrl::enabled)
        .filter(
            r ->
                rows.stream()
                    .filter(other -> other.enabled() && !other.sid().equals(sid))
                    .allMatch(other -> r.priority() < other.priority()))
        .isPresent();
  }

  private static List<OriginationUrl> promoted(List<OriginationUrl> rows, String sid) {
    int least =
        rows.stream()
            .filter(r -> r.enabled() && !r.sid().equals(sid))
            .mapToInt(OriginationUrl::priority)
            .min()
            .orElse(1);
    return rows.stream()
        .map(r -> r.sid().equals(sid) ? before(r, least) : after(r, least))
        .toList();
  }

  private static OriginationUrl before(OriginationUrl row, int least) {
    return new OriginationUrl(
        row.sid(),
        row.sipUrl(),
        Math.max(0, Math.min(row.priority(), least - 1)),
        row.weight(),
        true);
  }

  private static OriginationUrl after(OriginationUrl row, int least) {
    return least == 0 && row.enabled() && row.priority() == 0
        ? row.withPriority(OUT_OF_THE_WAY)
        : row;
  }

  /** Whether it is not known yet that the latest change of the row was carried out. */
  static boolean unsettled(State state, OriginationUrl row) {
    MovedRow moved = state.rows().get(row.sid());
    return moved != null && !moved.settled();
  }

  private static OriginationUrl asFound(State state, OriginationUrl row) {
    MovedRow moved = state.rows().get(row.sid());
    return moved == null ? row : moved.asFound();
  }

  private static Optional<OriginationUrl> rowOf(Pbx pbx, List<OriginationUrl> rows) {
    return rows.stream().filter(row -> row.sid().equals(pbx.originationUrl())).findFirst();
  }
}
