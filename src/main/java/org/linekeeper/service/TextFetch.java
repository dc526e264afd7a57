package org.linekeeper.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.carrier.TextPolling;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.journal.Journal;
import org.linekeeper.state.SettingsInForce;

/**
 * Fetches new texts to the control number of the settings in force at each look: at the very first
 * start they are not in the journal yet, and an edit can name another number.
 */
final class TextFetch {
  private final Journal journal;
  private final Carrier carrier;
  private final InstantSource time;
  private final Consumer<InboundText> sink;
  private final Instant since;
  private @Nullable PhoneNumber control;
  private @Nullable TextPolling polling;

  TextFetch(Journal journal, Carrier carrier, InstantSource time, Consumer<InboundText> sink) {
    this.journal = journal;
    this.carrier = carrier;
    this.time = time;
    this.sink = sink;
    this.since =
        journal.state().messages().values().stream()
            .max(Instant::compareTo)
            .orElseGet(time::instant);
  }

  /** Looks once; blocks as long as the carrier's deadline. */
  synchronized void look() {
    journal
        .state()
        .settings()
        .map(SettingsInForce::estate)
        .flatMap(estate -> estate.trunk().controlNumber())
        .map(this::of)
        .ifPresent(texts -> texts.poll().value().orElse(List.of()).forEach(sink));
  }

  private TextPolling of(PhoneNumber number) {
    TextPolling now = polling;
    if (now == null || !number.equals(control)) {
      // What was texted to a number before it was the control number was not meant for us.
      now = new TextPolling(carrier, number, control == null ? since : time.instant());
      polling = now;
      control = number;
    }
    return now;
  }
}
