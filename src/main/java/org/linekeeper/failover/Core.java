package org.linekeeper.failover;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.linekeeper.actuator.PbxControl;
import org.linekeeper.actuator.Surroundings;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.journal.Journal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/**
 * What every part of the control loop works with.
 *
 * @param watcher this watcher's name
 * @param around what can be changed besides PBXs and carrier
 * @param io bounded; for calls that block
 * @param urgent bounded; for calls that block and for which callers are waiting
 * @param time the time of day
 * @param ticker monotonic time
 * @param ids gives a new unique id at each call
 * @param others the other watchers; none for one that is alone
 */
public record Core(
    String watcher,
    Journal journal,
    PbxControl pbxs,
    Carrier carrier,
    Surroundings around,
    ExecutorService io,
    ExecutorService urgent,
    InstantSource time,
    Ticker ticker,
    Supplier<String> ids,
    Others others) {
  /** Where nothing but PBXs and carrier can be changed. */
  public Core(
      String watcher,
      Journal journal,
      PbxControl pbxs,
      Carrier carrier,
      ExecutorService io,
      ExecutorService urgent,
      InstantSource time,
      Ticker ticker,
      Supplier<String> ids) {
    this(
        watcher,
        journal,
        pbxs,
        carrier,
        Surroundings.NONE,
        io,
        urgent,
        time,
        ticker,
        ids,
        Others.NONE);
  }

  State state() {
    return journal.state();
  }

  /**
   * Whether this watcher decides and acts, as far as it knows. One that was cut off learns late
   * that another one does: what it writes then is not committed, or comes too late to be a plan.
   */
  boolean leads() {
    return journal.leads();
  }

  Instant now() {
    return time.instant();
  }

  CompletionStage<State> write(Entry... entries) {
    return journal.append(List.of(entries));
  }

  /** What is not written in time counts for nothing, and the next one is on its way. */
  void tryToWrite(Entry entry) {
    journal.append(List.of(entry)).exceptionally(notCommitted -> state());
  }

  /** Puts a sentence into the journal; that it could not is told by the journal's own trouble. */
  void note(Entry.Noted.Weight weight, String text) {
    journal
        .append(List.of(new Entry.Noted(now(), weight, text)))
        .exceptionally(notCommitted -> state());
  }
}
