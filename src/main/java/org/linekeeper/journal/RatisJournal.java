package org.linekeeper.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** A journal kept by an embedded Apache Ratis server, in a group of one. */
public final class RatisJournal implements Journal {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Threads.named("journal-watch"));
  private final InstantSource clock;
  private final JournalDisk disk;
  private final Listeners listeners;
  private final EntryMachine machine;
  private final RatisNode node;
  private final Appender appender;
  private final CompletableFuture<Throwable> broken;
  private volatile String warning = "";
  private volatile boolean closing;

  private RatisJournal(
      InstantSource clock,
      JournalDisk disk,
      Listeners listeners,
      EntryMachine machine,
      RatisNode node,
      Appender appender,
      CompletableFuture<Throwable> broken) {
    this.clock = clock;
    this.disk = disk;
    this.listeners = listeners;
    this.machine = machine;
    this.node = node;
    this.appender = appender;
    this.broken = broken;
  }

  /**
   * Opens the journal, or makes it if there never was one, and returns when the state is whole.
   *
   * @param clock for the age of records, and the time of what the journal notes itself
   * @param ticker for deadlines
   * @param fatal told once, in a sentence for people, when nothing can be committed any more until
   *     the process is started anew: it is to exit and be restarted
   * @throws JournalRefused if what is there cannot be used, or another process is using it
   */
  public static RatisJournal open(
      JournalSettings settings, InstantSource clock, Ticker ticker, Consumer<String> fatal) {
    return new Opening(settings, clock, ticker, fatal).open();
  }

  static RatisJournal of(
      InstantSource clock,
      JournalDisk disk,
      Listeners listeners,
      EntryMachine machine,
      RatisNode node,
      Appender appender,
      CompletableFuture<Throwable> broken) {
    RatisJournal journal =
        new RatisJournal(clock, disk, listeners, machine, node, appender, broken);
    journal.watch.scheduleWithFixedDelay(
        journal::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return journal;
  }

  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    return appender.append(entries);
  }

  @Override
  public State state() {
    return machine.state();
  }

  @Override
  public List<Recorded> latest(int most) {
    return disk.history().latest(most);
  }

  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  @Override
  public String trouble() {
    Throwable cause = broken.getNow(null);
    if (cause != null) {
      return Opening.stopped(cause);
    }
    if (closing) {
      return "The journal is closed: Linekeeper is stopping.";
    }
    return node.ready() ? appender.trouble() : "The journal has no leader at the moment.";
  }

  @Override
  public String warning() {
    return warning;
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    awaitLastLook();
    appender.close();
    try (disk;
        listeners) {
      node.close();
    }
  }

  /** Ratis can close itself without telling anybody; only looking shows it. */
  private void look() {
    if (!closing && !node.alive()) {
      broken.complete(new IllegalStateException("Ratis has closed itself"));
    }
    String before = warning;
    warning = disk.warning(machine.snapshotTrouble());
    if (!warning.isEmpty() && !warning.equals(before)) {
      append(List.of(new Entry.Noted(clock.instant(), Entry.Noted.Weight.ALARM, warning)));
    }
  }

  /** Otherwise a look at the disk would go on after the directory is somebody else's. */
  private void awaitLastLook() {
    watch.shutdown();
    try {
      watch.awaitTermination(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
