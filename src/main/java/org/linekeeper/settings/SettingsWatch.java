package org.linekeeper.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices edits of the files within two seconds. A wrong edit is told once and changes nothing;
 * what was accepted last stays in force.
 *
 * <p>It looks at the contents twice a second rather than waiting for the file system's events:
 * those do not arrive from mounted volumes and networks, and differ for editors that write beside
 * and rename; four small files cost nothing to read.
 */
public final class SettingsWatch implements AutoCloseable {
  /** Noticed in at most one of these, settled after another, read in less: well under 2 s. */
  static final Duration EVERY = Duration.ofMillis(500);

  /** What becomes of edits. Called on the watch's own thread; should only hand on. */
  public interface Listener {
    /**
     * The files are right and differ from what was told before, or are right again after they were
     * wrong; then the hash can be that of the settings in force.
     */
    void accepted(Settings settings);

    /** The files are wrong; they are not read again until they change. */
    void refused(List<Problem> problems);
  }

  private final Path directory;
  private final SettingsReader reader;
  private final Listener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;

  /** What was read last, right or wrong. */
  private String known;

  /** What was seen at the last look: only what is the same at two looks is read. */
  private String last;

  /**
   * @param inForce hash of the files as they were read at the start
   */
  public SettingsWatch(Path directory, SettingsReader reader, String inForce, Listener listener) {
    this.directory = directory;
    this.reader = reader;
    this.listener = listener;
    this.known = inForce;
    this.last = inForce;
    this.thread = new Thread(this::run, "settings-watch");
    thread.setDaemon(true);
  }

  /** Begins to look, on a thread of its own. */
  public SettingsWatch start() {
    thread.start();
    return this;
  }

  /** Ends; no callback begins after this returns, but one may still be under way. */
  @Override
  public void close() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      // Somebody ends the process by interrupting its threads: the same as close.
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Looks once. An editor may be in the middle of writing, so a change counts at the second look.
   */
  void look() {
    Snapshot snapshot = Snapshot.of(directory);
    String hash = snapshot.hash();
    boolean settled = hash.equals(last);
    last = hash;
    if (!settled || hash.equals(known)) {
      return;
    }
    known = hash;
    SettingsRead read = read(snapshot);
    Optional<Settings> settings = read.settings();
    settings.ifPresentOrElse(listener::accepted, () -> listener.refused(read.problems()));
  }

  /** A defect of the reader must not end the watch unseen: people are told, as of a wrong edit. */
  private SettingsRead read(Snapshot snapshot) {
    try {
      return reader.read(snapshot);
    } catch (RuntimeException e) {
      Problem problem =
          new Problem(
              directory.toString(),
              1,
              "Linekeeper failed while reading these files (" + e.getClass().getName() + ")",
              "this is a defect of Linekeeper: undo the last edit, and report it");
      return new SettingsRead(Optional.empty(), List.of(problem), snapshot.hash());
    }
  }
}
