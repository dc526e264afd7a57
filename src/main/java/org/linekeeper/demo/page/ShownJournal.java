package org.linekeeper.demo.page;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.linekeeper.journal.Journal;
import org.linekeeper.journal.Recorded;
import org.linekeeper.journal.Standing;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** The journal of whichever Linekeeper is shown at the moment; it is closed by its own. */
record ShownJournal(Supplier<Journal> shown) implements Journal {
  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    return shown.get().append(entries);
  }

  @Override
  public State state() {
    return shown.get().state();
  }

  @Override
  public List<Recorded> latest(int most) {
    return shown.get().latest(most);
  }

  /** Of the one that is shown now, also when another one is shown later. */
  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    shown.get().onCommit(listener);
  }

  @Override
  public String trouble() {
    return shown.get().trouble();
  }

  @Override
  public String warning() {
    return shown.get().warning();
  }

  @Override
  public boolean leads() {
    return shown.get().leads();
  }

  @Override
  public Standing standing() {
    return shown.get().standing();
  }

  @Override
  public void close() {}
}
