package org.linekeeper.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** A journal that forgets: for tests of what stands on it. Can be told to refuse. */
public final class InMemoryJournal implements Journal {
  private final List<Consumer<List<Recorded>>> listeners = new CopyOnWriteArrayList<>();
  private final List<Recorded> records = new ArrayList<>();
  private final List<List<Entry>> rehearsed = new CopyOnWriteArrayList<>();
  private State state = State.EMPTY;
  private boolean refusing;

  /** From now on nothing is committed. */
  public synchronized void refuse(boolean refusing) {
    this.refusing = refusing;
  }

  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    List<Recorded> batch = new ArrayList<>();
    State after;
    synchronized (this) {
      if (refusing) {
        return CompletableFuture.failedFuture(
            new NotCommitted("told to refuse", new IllegalStateException("told to refuse")));
      }
      for (Entry entry : entries) {
        Recorded recorded = new Recorded(records.size() + 1L, entry);
        records.add(recorded);
        batch.add(recorded);
        state = State.evolve(state, entry);
      }
      after = state;
    }
    listeners.forEach(listener -> listener.accept(batch));
    return CompletableFuture.completedFuture(after);
  }

  @Override
  public void rehearse(List<Entry> entries) {
    rehearsed.add(entries);
  }

  /** What was rehearsed, oldest first. */
  public List<List<Entry>> rehearsed() {
    return List.copyOf(rehearsed);
  }

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public synchronized List<Recorded> latest(int most) {
    List<Recorded> newest = new ArrayList<>();
    for (int i = records.size() - 1; i >= 0 && newest.size() < most; i--) {
      newest.add(records.get(i));
    }
    return newest;
  }

  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized String trouble() {
    return refusing ? "told to refuse" : "";
  }

  @Override
  public String warning() {
    return "";
  }

  @Override
  public void close() {}
}
