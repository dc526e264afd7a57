package org.linekeeper.settings;

import java.time.Duration;
import org.linekeeper.estate.Rules;

/** {@code failover:} and {@code edits:} in linekeeper.yml. */
final class RulesSection {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private RulesSection() {}

  static Rules read(Section failover, Section edits) {
    Rules shipped = Rules.defaults();
    Rules rules =
        new Rules(
            failover
                .optional("mode")
                .flatMap(v -> v.choice(Rules.Mode.class))
                .orElse(shipped.mode()),
            duration(failover, "hold-down", SECOND, Duration.ofDays(1), shipped.holdDown()),
            failover
                .optional("divert-when-no-pbx")
                .flatMap(Value::yesOrNo)
                .orElse(shipped.divertWhenNoPbx()),
            duration(failover, "divert-after", SECOND, Duration.ofHours(1), shipped.divertAfter()),
            duration(failover, "return-after", SECOND, Duration.ofDays(1), shipped.returnAfter()),
            // Renewed about three times per lease, and a returned PBX must be told within a second.
            duration(
                failover,
                "gate-lease",
                SECOND.multipliedBy(3),
                Duration.ofMinutes(1),
                shipped.gateLease()),
            edits
                .optional("confirm-above")
                .flatMap(v -> v.number(0, 100_000))
                .orElse(shipped.confirmAbove()));
    failover.close();
    edits.close();
    return rules;
  }

  private static Duration duration(
      Section section, String key, Duration least, Duration most, Duration shipped) {
    return section.optional(key).flatMap(v -> v.duration(least, most)).orElse(shipped);
  }
}
