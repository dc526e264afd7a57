package org.linekeeper.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Capacity;
import org.linekeeper.verdict.Verdict;

/**
 * Everything a decision rests on, at one moment.
 *
 * @param state what the journal adds up to
 * @param verdicts what is the matter with each PBX
 * @param carrier what is known of the carrier
 * @param now the time of day
 * @param clock the watcher's own monotonic clock, by which verdicts give their {@code since}
 * @param quiet those that have not answered for a moment, whatever the verdict still says
 * @param capacities whether each had room for calls
 * @param votes what each other watcher said when it was asked last; empty for one that is alone
 * @param withoutAddress PBXs on whose host the floating address cannot be at this moment, where
 *     several watchers agree on it: the lease has run out, or no watcher there answers
 */
public record Picture(
    State state,
    Map<PbxId, Verdict> verdicts,
    CarrierSight carrier,
    Instant now,
    Duration clock,
    Set<PbxId> quiet,
    Map<PbxId, Capacity> capacities,
    List<Vote> votes,
    Set<PbxId> withoutAddress) {
  /** Copies the collections. */
  public Picture {
    verdicts = Map.copyOf(verdicts);
    quiet = Set.copyOf(quiet);
    capacities = Map.copyOf(capacities);
    votes = List.copyOf(votes);
    withoutAddress = Set.copyOf(withoutAddress);
  }

  /** With nobody quiet, and room that nobody sees. */
  Picture(
      State state,
      Map<PbxId, Verdict> verdicts,
      CarrierSight carrier,
      Instant now,
      Duration clock) {
    this(state, verdicts, carrier, now, clock, Set.of(), Map.of(), List.of(), Set.of());
  }

  /** Whether this watcher reaches neither a PBX nor the carrier, so that it sees nothing. */
  boolean isolated() {
    return !carrier.reachable()
        && verdicts.values().stream().noneMatch(verdict -> verdict.kind().couldServe());
  }

  Optional<Verdict> verdict(PbxId pbx) {
    return Optional.ofNullable(verdicts.get(pbx));
  }

  Capacity capacity(PbxId pbx) {
    return capacities.getOrDefault(pbx, Capacity.UNKNOWN);
  }

  /** The time of day at a moment of the watcher's own clock. */
  Instant at(Duration moment) {
    return now.minus(clock.minus(moment));
  }

  boolean is(PbxId pbx, Verdict.Kind kind) {
    return verdict(pbx).filter(v -> v.kind() == kind).isPresent();
  }

  boolean serves(PbxId pbx) {
    return verdict(pbx).filter(v -> v.kind().serves()).isPresent();
  }

  boolean cannotServe(PbxId pbx) {
    return verdict(pbx).filter(v -> v.kind().cannotServe()).isPresent();
  }

  /** For how long the PBX has been in its present situation. */
  Duration lasting(PbxId pbx) {
    return verdict(pbx).map(v -> clock.minus(v.since())).orElse(Duration.ZERO);
  }

  String sentence(PbxId pbx) {
    return verdict(pbx).map(Verdict::sentence).orElse(pbx + ": not watched");
  }

  /** A standby need not be registered with the trunk: that is part of promoting it. */
  boolean couldServe(PbxId pbx) {
    return verdict(pbx).map(Verdict::kind).filter(Verdict.Kind::couldServe).isPresent();
  }

  /** Whether each PBX is as its role wants it. */
  boolean allReady() {
    return verdicts.keySet().stream()
        .allMatch(pbx -> state.active().equals(Optional.of(pbx)) ? serves(pbx) : couldServe(pbx));
  }

  /** The PBX to which calls could go instead: the healthiest other one. */
  Optional<PbxId> other(PbxId active) {
    return others(active).filter(id -> !withoutAddress.contains(id)).findFirst();
  }

  /** Another one that could serve, to whose host the floating address cannot come. */
  Optional<PbxId> stranded(PbxId active) {
    return others(active).filter(withoutAddress::contains).findFirst();
  }

  /** Whether calls get to that PBX without the floating address. */
  boolean reachedOtherwise(PbxId pbx) {
    return state
        .settings()
        .flatMap(settings -> settings.estate().pbx(pbx))
        .filter(known -> !known.originationUrl().isEmpty() || !known.registrations().isEmpty())
        .isPresent();
  }

  private Stream<PbxId> others(PbxId active) {
    return state.settings().stream()
        .flatMap(settings -> settings.estate().pbxs().stream())
        .map(Pbx::id)
        .filter(id -> !id.equals(active))
        .filter(this::couldServe);
  }
}
