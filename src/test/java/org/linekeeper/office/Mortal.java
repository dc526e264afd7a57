package org.linekeeper.office;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.stream.Stream;
import org.linekeeper.journal.JournalSettings;
import org.linekeeper.journal.RatisJournal;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/**
 * A whole Linekeeper in a process of its own, which can be told to die. Reads one order a line and
 * answers with one line; lines of committed appends come in between.
 */
final class Mortal {
  private Mortal() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    warmUp();
    MortalJournal[] journal = new MortalJournal[1];
    Running running = null;
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ", 2);
      switch (words[0]) {
        case "start" -> {
          running =
              Running.on(
                  directory,
                  real ->
                      journal[0] = new MortalJournal(real, label -> tell("committed " + label)));
          tell("done started");
        }
        case "healthy" -> {
          running.healthy();
          tell("done healthy");
        }
        case "doom" -> {
          String[] doom = words[1].split(" ");
          journal[0].doom(
              new MortalJournal.Doom(
                  doom[0].equals("before"),
                  MortalJournal.Kind.valueOf(doom[1]),
                  Integer.parseInt(doom[2])));
          tell("done doomed");
        }
        case "say" -> tell("done " + running.say(words[1]).accepted());
        case "state" -> {
          State state = running.state();
          journal[0].awaitTold();
          tell(
              "done "
                  + state.epoch()
                  + " "
                  + state.active().orElseThrow()
                  + " "
                  + state.diversions().size()
                  + " "
                  + state.openPlans().size()
                  + " "
                  + state.moved().values().stream().filter(m -> m.settled()).count()
                  + "/"
                  + state.moved().size()
                  + " "
                  + state.rows().values().stream().filter(m -> m.settled()).count()
                  + "/"
                  + state.rows().size());
        }
        case "end" -> System.exit(0);
        default -> throw new IllegalArgumentException(order);
      }
    }
    // The test is gone.
    Runtime.getRuntime().halt(0);
  }

  /** Classes are loaded while the one before still runs. */
  private static void warmUp() throws IOException {
    Path elsewhere = Files.createTempDirectory("linekeeper-warm-");
    RatisJournal.open(
            JournalSettings.alone("warm", elsewhere.resolve("journal")),
            InstantSource.system(),
            Ticker.system(),
            fatal -> {})
        .close();
    try (Stream<Path> left = Files.walk(elsewhere)) {
      left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private static synchronized void tell(String line) {
    System.out.println("> " + line);
    System.out.flush();
  }
}
