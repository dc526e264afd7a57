package org.linekeeper.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.linekeeper.lab.Await;
import org.linekeeper.state.Entry;
import org.linekeeper.time.Ticker;

/**
 * One of three watchers' journals in a process of its own, which ends as Linekeeper does when its
 * journal cannot go on. Reads one order a line and answers with one line.
 */
final class Clerk {
  /** As Linekeeper's own, for the service manager. */
  static final int RESTART_ME = 70;

  static final int REFUSED = 1;

  private static final Duration APART = Duration.ofMillis(20);

  private static volatile boolean writing;

  private Clerk() {}

  /** Its directory, its name, where the keys are, and the ports of all. */
  public static void main(String[] arguments) throws IOException {
    String name = arguments[1];
    List<JournalGroup.Seat> seats = new ArrayList<>();
    for (int i = 0; i < Watchers.NAMES.size(); i++) {
      seats.add(Watchers.seat(Watchers.NAMES.get(i), Integer.parseInt(arguments[3 + i])));
    }
    try {
      serve(
          RatisJournal.open(
              JournalSettings.alone(name, Path.of(arguments[0]))
                  .with(Watchers.group(name, seats, Path.of(arguments[2])))
                  .withCommitDeadline(Duration.ofSeconds(8)),
              InstantSource.system(),
              Ticker.system(),
              Clerk::restartNeeded));
    } catch (JournalRefused refused) {
      System.err.println(refused.getMessage());
      Runtime.getRuntime().halt(REFUSED);
    }
  }

  private static void restartNeeded(String why) {
    System.err.println(why);
    Runtime.getRuntime().halt(RESTART_ME);
  }

  private static void serve(Journal journal) throws IOException {
    tell("open");
    Random noise = new Random(1);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      switch (words[0]) {
        case "note" -> tell("done " + noted(journal, words[1]));
        case "bulk" -> {
          byte[] bytes = new byte[Integer.parseInt(words[1])];
          noise.nextBytes(bytes);
          tell("done " + noted(journal, HexFormat.of().formatHex(bytes)));
        }
        case "timed" -> tell("done " + timed(journal, Integer.parseInt(words[1])));
        case "day" -> tell("done " + recorded(journal, OneOfEach.entries()));
        case "state" -> tell("done " + digest(new EntryCodec.Snapshot(0, journal.state())));
        case "rest" -> {
          writing = false;
          tell("done");
        }
        case "write" -> {
          writing = true;
          Thread writer = new Thread(() -> write(journal, words[1]));
          writer.setDaemon(true);
          writer.start();
          tell("done");
        }
        case "notes" -> tell("done " + String.join(",", notes(journal, words[1])));
        case "standing" -> tell("done " + journal.standing());
        case "leads" -> tell("done " + journal.leads());
        case "trouble" -> tell("done " + journal.trouble());
        case "warning" -> tell("done " + journal.warning());
        default -> throw new IllegalArgumentException(order);
      }
    }
    Runtime.getRuntime().halt(0); // the test is gone
  }

  /** One note after the other, each told of when it is safe, for as long as the process lives. */
  private static void write(Journal journal, String name) {
    for (int i = 1; writing; i++) {
      if (noted(journal, name + i)) {
        tell("safe " + name + i);
      }
      Await.pause(Duration.ofMillis(10));
    }
  }

  /**
   * How long each of so many notes took to be safe, one after the other and 20 ms apart, in
   * microseconds; -1 for one that was not recorded.
   */
  private static String timed(Journal journal, int times) {
    List<String> micros = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Await.pause(APART);
      long began = System.nanoTime();
      boolean safe = noted(journal, "timed" + i);
      micros.add(Long.toString(safe ? (System.nanoTime() - began) / 1_000 : -1));
    }
    return String.join(",", micros);
  }

  private static long digest(EntryCodec.Snapshot snapshot) {
    CRC32 digest = new CRC32();
    digest.update(new EntryCodec().encode(snapshot));
    return digest.getValue();
  }

  private static boolean noted(Journal journal, String text) {
    return recorded(journal, List.of(OneOfEach.noted(text)));
  }

  private static boolean recorded(Journal journal, List<Entry> entries) {
    return journal
        .append(entries)
        .handle((state, fault) -> fault == null)
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  /** Those that begin so, the oldest first. */
  private static List<String> notes(Journal journal, String begin) {
    return Watchers.notes(journal).stream().filter(note -> note.startsWith(begin)).toList();
  }

  private static synchronized void tell(String line) {
    System.out.println(line);
  }
}
