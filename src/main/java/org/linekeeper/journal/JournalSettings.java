package org.linekeeper.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how one watcher keeps the journal. All of it is local to the watcher.
 *
 * @param watcher this watcher's name
 * @param directory where the journal's files are; made if missing, readable by the owner only
 * @param group the watchers that keep it together; empty for one watcher, which then listens on no
 *     port at all
 * @param commitDeadline how long an append may take before it counts as not committed; {@code 2s}
 *     as shipped: fsync takes milliseconds, a stalled disk seconds
 * @param startDeadline how long reading the journal may take at start; {@code 30s} as shipped
 * @param reserve bytes kept aside for the journal and given back to it when the disk is full;
 *     {@code 32 MiB} as shipped, several times what a divert of 1,000 numbers and a snapshot take
 * @param historyKept how long records can be read in the history files; they hold phone numbers.
 *     {@code 400 days} as shipped; a file is deleted up to 30 days later, since it covers that much
 */
public record JournalSettings(
    String watcher,
    Path directory,
    Optional<JournalGroup> group,
    Duration commitDeadline,
    Duration startDeadline,
    long reserve,
    Duration historyKept) {
  /** One watcher, as shipped. */
  public static JournalSettings alone(String watcher, Path directory) {
    return new JournalSettings(
        watcher,
        directory,
        Optional.empty(),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        32L << 20,
        Duration.ofDays(400));
  }

  /** The same together with others. */
  public JournalSettings with(JournalGroup others) {
    return new JournalSettings(
        watcher,
        directory,
        Optional.of(others),
        commitDeadline,
        startDeadline,
        reserve,
        historyKept);
  }

  /** The same with another deadline for appends. */
  public JournalSettings withCommitDeadline(Duration deadline) {
    return new JournalSettings(
        watcher, directory, group, deadline, startDeadline, reserve, historyKept);
  }

  /** The same with another age up to which records can be read. */
  public JournalSettings withHistoryKept(Duration kept) {
    return new JournalSettings(
        watcher, directory, group, commitDeadline, startDeadline, reserve, kept);
  }
}
