package org.linekeeper.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.State;

/** The durable record. Entries given together are committed together or not at all, in order. */
public interface Journal extends AutoCloseable {
  /**
   * Makes the entries durable. Never blocks.
   *
   * @return completes with the state that includes them once they are committed; completes
   *     exceptionally with {@link NotCommitted} when that failed or is not known by the deadline.
   *     An append that failed so may still be committed later
   */
  CompletionStage<State> append(List<Entry> entries);

  /**
   * Has a renewal counted, by ways of its own: it is of use for a second only. Never blocks.
   *
   * @return completes with the latest of its lease that counted, which may be another one;
   *     completes exceptionally if that is not known in time
   */
  default CompletionStage<Counted> renew(Entry.LeaseRenewed renewal) {
    return append(List.of(renewal)).thenApply(Counted::in);
  }

  /**
   * Does to the entries all that {@link #append} does but commit them, so that the first that
   * matter do not wait for this process to learn how (some 20 ms). Never blocks.
   */
  default void rehearse(List<Entry> entries) {}

  /** The state up to the latest committed entry that this watcher has seen. */
  State state();

  /** The latest records, the newest first. */
  List<Recorded> latest(int most);

  /**
   * Tells of each batch of records committed from here on, in order, on one thread of the journal's
   * own: a listener only enqueues.
   */
  void onCommit(Consumer<List<Recorded>> listener);

  /** Whether entries can be committed now, in one sentence; empty text means yes. */
  String trouble();

  /**
   * What somebody must look at soon although entries can be committed, in one sentence; empty text
   * means nothing.
   */
  default String warning() {
    return "";
  }

  /** The lease of the floating address and what this watcher saw of it; empty if there is none. */
  default Optional<LeaseSeen> lease() {
    return Optional.empty();
  }

  /** Whether this watcher leads and may act; asked before everything that is done. */
  default boolean leads() {
    return true;
  }

  /**
   * Asks another watcher to lead in place of this one, soon and if it can; this one must lead.
   *
   * @param watcher its name
   */
  default void letLead(String watcher) {}

  /**
   * Which others are not to be asked to lead although they would do so best; until this is said
   * anew. Counts while this one leads.
   */
  default void unfit(Set<String> watchers) {}

  /** Who keeps it. */
  default Standing standing() {
    return Standing.ALONE;
  }

  /**
   * Takes a watcher in whose directory was lost, in place of what it was before; this one must
   * lead.
   */
  default void replace(String watcher) {}

  /**
   * Why this watcher may not go on without the others now. It may only when no majority can be
   * reached. Takes some seconds, since the others are asked once more.
   *
   * @return in one sentence; empty text if it may
   */
  default CompletionStage<String> whyNotAlone() {
    return CompletableFuture.completedFuture("This journal is kept without others.");
  }

  /**
   * Goes on without the others, with this watcher's copy of the journal: it is a journal of its own
   * from then on, of which the others are no members. The process is told to start anew a second
   * later, and goes on with it then.
   *
   * @param by who wants it so, having made sure that the others are off
   * @return empty text once that cannot be lost any more; else why it was not done, in one
   *     sentence. Completes exceptionally if it is not known whether it was
   */
  default CompletionStage<String> goOnAlone(Actor by) {
    return whyNotAlone();
  }

  /**
   * Asks another watcher something that does not go into the journal.
   *
   * @return completes with its answer; completes exceptionally if there is none by the deadline
   */
  default CompletionStage<byte[]> ask(String watcher, byte[] question, Duration deadline) {
    return CompletableFuture.failedFuture(
        new IllegalArgumentException("there is no other watcher"));
  }

  /**
   * How questions of others are answered; on a thread of the journal's own, so it only enqueues.
   */
  default void onAsked(Function<byte[], CompletionStage<byte[]>> answer) {}

  @Override
  void close();
}
