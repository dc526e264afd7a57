package org.linekeeper.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/**
 * A journal for tests: commits at once and tells its listeners on the caller's thread, so that a
 * test is the same every time. Can be told to fail, or to hold commits until a test lets them go.
 */
public final class InMemoryJournal implements Journal {
  private final List<Recorded> records = new ArrayList<>();
  private final List<Consumer<List<Recorded>>> listeners = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private State state = State.EMPTY;
  private String trouble = "";
  private boolean holding;

  /** From here on nothing is committed; empty text ends that. */
  public synchronized void fail(String why) {
    trouble = why;
  }

  /** From here on commits wait for {@link #release}. */
  public synchronized void hold() {
    holding = true;
  }

  /** Commits what waited, in order, and waits no more. */
  public synchronized void release() {
    holding = false;
    List<Runnable> waiting = List.copyOf(held);
    held.clear();
    waiting.forEach(Runnable::run);
  }

  /** Every entry so far, the oldest first. */
  public synchronized List<Entry> entries() {
    return records.stream().map(Recorded::entry).toList();
  }

  @Override
  public synchronized CompletionStage<State> append(List<Entry> entries) {
    if (!trouble.isEmpty()) {
      return CompletableFuture.failedFuture(new NotCommitted(trouble, null));
    }
    List<Entry> copy = List.copyOf(entries);
    CompletableFuture<State> committed = new CompletableFuture<>();
    Runnable commit = () -> committed.complete(commit(copy));
    if (holding) {
      held.add(commit);
    } else {
      commit.run();
    }
    return committed;
  }

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public synchronized List<Recorded> latest(int most) {
    List<Recorded> latest =
        new ArrayList<>(records.subList(Math.max(0, records.size() - most), records.size()));
    Collections.reverse(latest);
    return latest;
  }

  @Override
  public synchronized void onCommit(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized String trouble() {
    return trouble;
  }

  @Override
  public void close() {}

  private State commit(List<Entry> entries) {
    List<Recorded> batch = new ArrayList<>();
    for (Entry entry : entries) {
      state = State.evolve(state, entry);
      batch.add(new Recorded(records.size() + batch.size() + 1L, entry));
    }
    records.addAll(batch);
    listeners.forEach(listener -> listener.accept(batch));
    return state;
  }
}
