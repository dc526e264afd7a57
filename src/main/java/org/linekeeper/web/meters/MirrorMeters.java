package org.linekeeper.web.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Mirrored;

/** What Prometheus is told of the rows that are kept on the other PBX. */
final class MirrorMeters implements MeterBinder {
  private final Backend backend;

  MirrorMeters(Backend backend) {
    this.backend = backend;
  }

  /** Copyings come and go with who serves, so which rows there are is seen to at each look. */
  @Override
  public void bindTo(MeterRegistry registry) {
    MultiGauge rows = multi(registry, "rows", "alike on both PBXs");
    MultiGauge skipped = multi(registry, "skipped", "rows that cannot be copied");
    MultiGauge failures = multi(registry, "failures", "comparisons in a row that went wrong");
    MultiGauge age =
        MultiGauge.builder("linekeeper.mirror.age")
            .description("since both PBXs were last found or made alike")
            .baseUnit("seconds")
            .register(registry);
    Gauge.builder(
            "linekeeper.mirrors",
            () -> {
              List<Mirrored> all = backend.mirrored().get();
              rows.register(each(all, Mirrored::rows));
              skipped.register(each(all, Mirrored::skipped));
              failures.register(each(all, Mirrored::failures));
              age.register(each(all, this::age));
              return all.size();
            })
        .description("kinds of rows that are copied to the PBX that stands by")
        .register(registry);
  }

  private double age(Mirrored copied) {
    return copied
        .at()
        .map(at -> backend.ticker().since(at))
        .map(Duration::toMillis)
        .map(millis -> millis / 1e3)
        .orElse(Double.NaN);
  }

  private static List<MultiGauge.Row<?>> each(
      List<Mirrored> all, ToDoubleFunction<Mirrored> value) {
    return all.stream()
        .<MultiGauge.Row<?>>map(
            copied -> {
              Tags tags =
                  Tags.of(
                      "what",
                      copied.what(),
                      "from",
                      copied.from().name(),
                      "to",
                      copied.to().name());
              double now = value.applyAsDouble(copied);
              return MultiGauge.Row.of(tags, () -> now);
            })
        .toList();
  }

  private static MultiGauge multi(MeterRegistry registry, String name, String what) {
    return MultiGauge.builder("linekeeper.mirror." + name).description(what).register(registry);
  }
}
