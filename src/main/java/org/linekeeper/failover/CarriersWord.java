package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.Emergency;
import org.linekeeper.state.OriginationUrl;
import org.linekeeper.state.Promotion;
import org.linekeeper.verdict.Capacity;
import org.linekeeper.verdict.Verdict;

/**
 * What the carrier's alerts say against what is seen from here: calls that it could not deliver.
 * Pure.
 */
final class CarriersWord {
  /** One call that the carrier could not deliver may have been the network's hiccup. */
  private static final int UNDELIVERED = 2;

  /** Calls that failed within this time of one another have the same cause. */
  private static final Duration TOGETHER = Duration.ofMinutes(15);

  /** How far the carrier's clock and ours may differ when its alerts are taken as evidence. */
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

  private CarriersWord() {}

  /**
   * Too little is known of it from here. If the other PBX reaches it that is this watcher's own
   * trouble, unless the carrier says of it that calls do not get in: then a person is asked.
   */
  static Decision onUnseen(Picture picture, PbxId active) {
    Decision hold = Decision.hold(picture.sentence(active));
    boolean pathLost = picture.is(active, Verdict.Kind.WATCHER_PATH_LOST);
    Instant since = picture.now().minus(picture.lasting(active));
    // calls that got in since may have been taken by the other PBX
    List<Undelivered> lost = picture.carrier().undeliveredAfter(since).toList();
    boolean carrierSaysSo =
        row(picture, active).filter(sid -> together(failed(lost, sid))).isPresent();
    return pathLost && carrierSaysSo
        ? picture
            .other(active)
            .map(
                other ->
                    Decision.failOver(
                            other,
                            picture.sentence(active)
                                + "; but the carrier could not deliver calls to "
                                + active
                                + " since")
                        .asking("whether " + other + " is to take over is for a person to say"))
            .orElse(hold)
        : hold;
  }

  /**
   * It serves as far as is seen here; the carrier may see it otherwise, when the office's broadband
   * is cut. Then moving calls to the other PBX mends nothing, so this comes before all doubts of
   * one PBX; that a certificate runs out in a week, say, does not speak against it. Empty if the
   * carrier says nothing of the kind, or if the PBX turns calls away because it is full.
   */
  static Optional<Decision> cutOff(Picture picture, PbxId active) {
    boolean full = picture.verdict(active).filter(Verdict::atCallLimit).isPresent();
    boolean elsewhere = !picture.carrier().rows().isEmpty() && !Origination.activeFirst(picture);
    Instant servingSince = picture.now().minus(picture.lasting(active));
    Instant known =
        picture
            .state()
            .promotion()
            .map(Promotion::at)
            .filter(servingSince::isBefore)
            .orElse(servingSince);
    Capacity capacity = picture.capacity(active);
    Instant from =
        capacity
            .fullAt()
            .map(picture::at)
            .filter(known::isBefore)
            .orElse(known)
            .plus(CLOCKS_DIFFER);
    // What failed after the latest look at its limit may have failed because it is full.
    Instant until =
        capacity.roomAt().map(at -> picture.at(at).minus(CLOCKS_DIFFER)).orElse(Instant.MAX);
    CarrierSight carrier = picture.carrier();
    Stream<Undelivered> lost =
        nobodyElseAnswers(picture) ? carrier.lastUndelivered(from) : carrier.undeliveredAfter(from);
    List<Undelivered> since = lost.filter(call -> !call.at().isAfter(until)).toList();
    List<List<Instant>> failed = tried(picture).map(row -> failed(since, row)).toList();
    long calls = failed.stream().mapToInt(List::size).min().orElse(0);
    return !full && !elsewhere && failed.stream().allMatch(CarriersWord::together)
        ? Optional.of(
            Decision.beginEmergency(
                    Emergency.CUT_OFF
                        + ": it could not deliver "
                        + calls
                        + " calls lately although "
                        + active
                        + " serves, so the way to the office may be cut")
                .asking("whether numbers are to ring on mobiles is for a person to say"))
        : Optional.empty();
  }

  /**
   * Whether a call that was answered reached the office: there is no origination URL of anybody
   * else's, an answering service's say, whose answers would hide that the way here is cut.
   */
  private static boolean nobodyElseAnswers(Picture picture) {
    List<String> on =
        picture.carrier().rows().stream()
            .filter(OriginationUrl::enabled)
            .map(OriginationUrl::sid)
            .toList();
    List<String> ours = rows(picture).toList();
    return ours.isEmpty() ? on.size() == 1 : !on.isEmpty() && ours.containsAll(on);
  }

  private static Stream<String> rows(Picture picture) {
    return picture.state().settings().orElseThrow().estate().pbxs().stream()
        .map(Pbx::originationUrl)
        .filter(sid -> !sid.isEmpty());
  }

  /**
   * The origination URLs that a call is offered to, one after the other: it is lost only if all of
   * them fail. Empty text if no PBX has its own.
   */
  private static Stream<String> tried(Picture picture) {
    List<String> off =
        picture.carrier().rows().stream()
            .filter(row -> !row.enabled())
            .map(OriginationUrl::sid)
            .toList();
    List<String> rows = rows(picture).filter(sid -> !off.contains(sid)).toList();
    return rows.isEmpty() ? Stream.of("") : rows.stream();
  }

  private static List<Instant> failed(List<Undelivered> calls, String row) {
    return calls.stream()
        .filter(call -> row.isEmpty() || call.mayBeOf(row))
        .map(Undelivered::at)
        .sorted()
        .toList();
  }

  private static boolean together(List<Instant> failed) {
    return IntStream.rangeClosed(0, failed.size() - UNDELIVERED)
        .anyMatch(i -> !failed.get(i).plus(TOGETHER).isBefore(failed.get(i + UNDELIVERED - 1)));
  }

  /** The origination URL that leads to the PBX. */
  static Optional<String> row(Picture picture, PbxId pbx) {
    return picture
        .state()
        .settings()
        .flatMap(settings -> settings.estate().pbx(pbx))
        .map(Pbx::originationUrl)
        .filter(sid -> !sid.isEmpty());
  }
}
