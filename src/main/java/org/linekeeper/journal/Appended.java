package org.linekeeper.journal;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** Entries on their way to the log; {@code done} completes with the state, or exceptionally. */
record Appended(List<Entry> entries, CompletableFuture<State> done) {
  /** Appends that go into one log entry hold no more bytes than this, unless one alone does. */
  private static final int TOGETHER = 256 << 10;

  /** Entries that may go into the log. */
  record Checked(Appended appended, byte[] json) {
    /** Whether they all fit into one log entry. */
    boolean fitsWith(List<Checked> others) {
      return json.length + others.stream().mapToInt(other -> other.json.length).sum() <= TOGETHER;
    }
  }

  /**
   * What cannot be applied or read back must not get into the log: no restart would survive it.
   *
   * @return empty if it cannot, or nobody waits for it any more; whoever waits has been told
   */
  Optional<Checked> checked(EntryCodec codec, State state) {
    if (done.isDone()) {
      return Optional.empty();
    }
    try {
      byte[] json = codec.encode(entries);
      if (json.length >= Payload.LARGEST_JSON) {
        return refused("The entries are too large: " + json.length + " bytes.", null);
      }
      if (!codec.decode(json).equals(entries)) {
        return refused("An entry would read back changed, so it was not written.", null);
      }
      State after = state;
      for (Entry entry : entries) {
        after = State.evolve(after, entry);
      }
      return Optional.of(new Checked(this, json));
    } catch (RuntimeException e) {
      return refused("An entry cannot be applied, so it was not written: " + e, e);
    }
  }

  private Optional<Checked> refused(String why, @Nullable Throwable cause) {
    fail(why, cause);
    return Optional.empty();
  }

  void fail(String why, @Nullable Throwable cause) {
    done.completeExceptionally(new NotCommitted(why, cause));
  }

  /** One log entry's bytes. */
  static byte[] packed(List<Checked> together) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    together.forEach(checked -> all.writeBytes(checked.json));
    return Payload.pack(all.toByteArray());
  }
}
