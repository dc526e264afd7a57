package org.linekeeper.web.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.linekeeper.estate.PbxId;
import org.linekeeper.estate.Rules;
import org.linekeeper.failover.Decision;
import org.linekeeper.failover.Overview;
import org.linekeeper.journal.Recorded;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Plan;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Verdict;
import org.linekeeper.web.Asking;
import org.linekeeper.web.Backend;

/** What Prometheus is told. */
final class Meters implements MeterBinder {
  private final Backend backend;
  private final Asking asking;

  Meters(Backend backend, Asking asking) {
    this.backend = backend;
    this.asking = asking;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(
        registry,
        "linekeeper.epoch",
        "rises with each change of PBX",
        s -> s.state().epoch().number());
    gauge(registry, "linekeeper.numbers", "numbers of the office", s -> s.routes().size());
    gauge(registry, "linekeeper.numbers.diverted", "numbers to ring on mobiles", Meters::diverted);
    gauge(
        registry,
        "linekeeper.numbers.missing",
        "not yet as wanted at the carrier",
        Overview::missing);
    gauge(registry, "linekeeper.drifts", "changed at the carrier by others", Meters::drifts);
    gauge(
        registry,
        "linekeeper.carrier.reachable",
        "1: its API answers",
        s -> one(s.carrierReachable()));
    gauge(
        registry,
        "linekeeper.emergency",
        "1: no PBX can serve",
        s -> one(s.state().emergency().isPresent()));
    gauge(
        registry,
        "linekeeper.paused",
        "1: a person asked for it",
        s -> one(s.state().paused(s.at())));
    gauge(registry, "linekeeper.troubles", "things that need a person", s -> s.troubles().size());
    Gauge.builder("linekeeper.look.age", this::age)
        .description("since the control loop last looked")
        .baseUnit("seconds")
        .register(registry);
    enums(registry);
    pbxs(registry);
    new MirrorMeters(backend).bindTo(registry);
    counters(registry);
  }

  private void enums(MeterRegistry registry) {
    for (Rules.Mode mode : Rules.Mode.values()) {
      tagged(registry, "linekeeper.mode", "mode", mode, s -> one(s.state().mode() == mode));
    }
    for (Decision.Kind kind : Decision.Kind.values()) {
      tagged(registry, "linekeeper.decision", "kind", kind, s -> one(s.decision().kind() == kind));
    }
  }

  /** PBXs come and go with the settings, so which rows there are is seen to at each look. */
  private void pbxs(MeterRegistry registry) {
    MultiGauge serves =
        multi(registry, "linekeeper.pbx.serves", "1: calls sent there are answered");
    MultiGauge active = multi(registry, "linekeeper.pbx.active", "1: it is to answer the calls");
    MultiGauge verdict = multi(registry, "linekeeper.pbx.verdict", "1 for the present verdict");
    MultiGauge probes =
        MultiGauge.builder("linekeeper.probe.age")
            .description("since the probe last reported")
            .baseUnit("seconds")
            .register(registry);
    Gauge.builder(
            "linekeeper.pbxs",
            () -> {
              Set<PbxId> pbxs = seen().verdicts().keySet();
              serves.register(rows(pbxs, this::serves));
              active.register(rows(pbxs, this::active));
              verdict.register(pbxs.stream().flatMap(this::kinds).toList());
              probes.register(backend.seen().get().stream().map(this::age).toList());
              return pbxs.size();
            })
        .description("PBXs that are watched")
        .register(registry);
  }

  private List<MultiGauge.Row<?>> rows(Set<PbxId> pbxs, ToDoubleFunction<PbxId> value) {
    return pbxs.stream()
        .<MultiGauge.Row<?>>map(pbx -> MultiGauge.Row.of(Tags.of("pbx", pbx.name()), pbx, value))
        .toList();
  }

  private Stream<MultiGauge.Row<?>> kinds(PbxId pbx) {
    return Arrays.stream(Verdict.Kind.values())
        .map(
            kind ->
                MultiGauge.Row.of(
                    Tags.of("pbx", pbx.name(), "verdict", word(kind)),
                    pbx,
                    id -> one(verdict(id).filter(v -> v.kind() == kind).isPresent())));
  }

  private MultiGauge.Row<?> age(Observation seen) {
    Tags tags = Tags.of("pbx", seen.pbx().name(), "probe", word(seen.probe()));
    return MultiGauge.Row.of(tags, this, meters -> meters.ageOf(seen.pbx(), seen.probe()));
  }

  private double ageOf(PbxId pbx, Observation.Probe probe) {
    return backend.seen().get().stream()
        .filter(o -> o.pbx().equals(pbx) && o.probe() == probe)
        .mapToDouble(o -> backend.ticker().since(o.at()).toMillis() / 1e3)
        .findFirst()
        .orElse(Double.NaN);
  }

  private Optional<Verdict> verdict(PbxId pbx) {
    return Optional.ofNullable(seen().verdicts().get(pbx));
  }

  private double serves(PbxId pbx) {
    return one(verdict(pbx).filter(v -> v.kind().serves()).isPresent());
  }

  private double active(PbxId pbx) {
    return one(seen().state().active().equals(Optional.of(pbx)));
  }

  private void counters(MeterRegistry registry) {
    Counter failovers = counter(registry, "linekeeper.failovers", "since the start");
    Counter moves = counter(registry, "linekeeper.redirects", "plans that moved numbers");
    Counter records = counter(registry, "linekeeper.journal.records", "written since the start");
    FunctionCounter.builder("linekeeper.commands", asking, Asking::accepted)
        .description("asked on page, API and command line")
        .tag("accepted", "true")
        .register(registry);
    FunctionCounter.builder("linekeeper.commands", asking, Asking::refused)
        .description("asked on page, API and command line")
        .tag("accepted", "false")
        .register(registry);
    backend
        .journal()
        .onCommit(
            batch -> {
              records.increment(batch.size());
              failovers.increment(plans(batch, plan -> plan.kind() == Plan.Kind.FAILOVER));
              moves.increment(plans(batch, Plan::redirects));
            });
  }

  private static long plans(List<Recorded> batch, Predicate<Plan> which) {
    return batch.stream()
        .map(Recorded::entry)
        .filter(Entry.Intended.class::isInstance)
        .map(Entry.Intended.class::cast)
        .map(Entry.Intended::plan)
        .filter(which)
        .count();
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToDoubleFunction<Overview> value) {
    Gauge.builder(name, () -> value.applyAsDouble(seen())).description(what).register(registry);
  }

  private void tagged(
      MeterRegistry registry,
      String name,
      String tag,
      Enum<?> is,
      ToDoubleFunction<Overview> value) {
    Gauge.builder(name, () -> value.applyAsDouble(seen()))
        .description("1 for the present one")
        .tag(tag, word(is))
        .register(registry);
  }

  private static MultiGauge multi(MeterRegistry registry, String name, String what) {
    return MultiGauge.builder(name).description(what).register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String what) {
    return Counter.builder(name).description(what).register(registry);
  }

  private Overview seen() {
    return backend.overview().get();
  }

  private double age() {
    return Duration.between(seen().at(), backend.time().instant()).toMillis() / 1e3;
  }

  private static double diverted(Overview seen) {
    return seen.routes().values().stream().filter(r -> !r.atOffice()).count();
  }

  private static double drifts(Overview seen) {
    return seen.drifts().size() + seen.rowDrifts().size();
  }

  private static double one(boolean yes) {
    return yes ? 1 : 0;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
