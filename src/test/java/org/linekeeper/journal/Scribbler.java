package org.linekeeper.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.linekeeper.time.Ticker;

/** A process that records notes and says which of them it was told are safe, until it is killed. */
final class Scribbler {
  private static final int MOST = 100_000;

  private Scribbler() {}

  public static void main(String[] arguments) {
    Journal journal =
        RatisJournal.open(
            JournalSettings.alone("watcher-1", Path.of(arguments[0])),
            InstantSource.system(),
            Ticker.system(),
            sentence -> System.exit(3));
    int begin =
        journal.latest(1).stream().mapToInt(record -> (int) record.number()).findFirst().orElse(0);
    System.out.println("open");
    for (int i = begin + 1; i <= begin + MOST; i++) {
      journal.append(List.of(OneOfEach.noted("note " + i))).toCompletableFuture().join();
      System.out.println(i);
    }
  }
}
