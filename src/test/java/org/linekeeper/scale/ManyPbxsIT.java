package org.linekeeper.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.linekeeper.docs.GeneratedPart;
import org.linekeeper.failover.ManyWatched;
import org.linekeeper.lab.Await;

/**
 * What watching many PBXs costs one process: {@code mvn verify -Pbench -Dit.test=ManyPbxsIT}. The
 * PBXs are simulated, in another process, over loopback. Up to 200 of them every one must be
 * healthy all the time and every question answered, so that nothing is cheap because it was not
 * done; of more, the table says whether they were. Writes target/many-pbxs.md, and
 * docs/BENCHMARKS.md with {@code -Dlinekeeper.write-docs=true}. Options: {@code
 * linekeeper.bench.pbxs} (which numbers), {@code linekeeper.bench.seconds}, {@code
 * linekeeper.bench.java} (the watcher's Java options).
 */
@Tag("long")
class ManyPbxsIT {
  private static final List<Integer> PBXS =
      List.of(System.getProperty("linekeeper.bench.pbxs", "10,50,200,500,1000").split(",")).stream()
          .map(Integer::valueOf)
          .toList();
  private static final Duration MEASURED =
      Duration.ofSeconds(Long.getLong("linekeeper.bench.seconds", 30));

  /** Until the compiler has little left to do; what it still does is the watcher's. */
  private static final Duration WARM = Duration.ofSeconds(90);

  /** So many must be kept up with. */
  private static final int CERTAIN = 200;

  private static final List<String> JAVA =
      List.of(System.getProperty("linekeeper.bench.java", "-Xmx192m -XX:+UseSerialGC").split(" "));

  /** The kernel counts a process's time in hundredths of a second. */
  private static final double TICK = 0.01;

  @Test
  void theCostOfEachNumberOfPbxs() throws IOException {
    List<String> rows = new ArrayList<>();
    for (String profile : List.of("lan", "wan")) {
      for (int pbxs : PBXS) {
        rows.add(measured(profile, pbxs));
      }
    }
    String table =
        "| profile | PBXs | answers a second | CPU (% of one core) | memory (MB) | threads | kept up"
            + " with |\n|---|---|---|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n\nMeasured on "
            + LocalDate.now(ZoneOffset.UTC)
            + ", watcher's Java options `"
            + String.join(" ", JAVA)
            + "`.\n";
    System.out.println(table);
    Files.writeString(Path.of("target/many-pbxs.md"), table);
    new GeneratedPart(Path.of("docs/BENCHMARKS.md"), ManyPbxsIT.class).writeIfAsked(table);
  }

  private static String measured(String profile, int pbxs) throws IOException {
    Process peers =
        java(List.of("-Xmx256m", "-XX:+UseSerialGC"), ManyPbxs.class, Integer.toString(pbxs));
    Process watcher = java(JAVA, ManyWatched.class, profile);
    try (BufferedReader ports = peers.inputReader();
        Writer orders = watcher.outputWriter();
        BufferedReader said = watcher.inputReader()) {
      String line = "";
      while (!line.equals("ready")) {
        line = String.valueOf(ports.readLine());
        orders.write(line + "\n");
      }
      orders.flush();
      Await.pause(WARM);
      report(orders, said);
      if (!watcher.isAlive()) {
        assertThat(pbxs).as("the watcher ended").isGreaterThan(CERTAIN);
        return "| %s | %d | | | | | no: it ended |".formatted(profile, pbxs);
      }
      long began = System.nanoTime();
      double before = cpu(watcher);
      Await.pause(MEASURED);
      double used = cpu(watcher) - before;
      double seconds = (System.nanoTime() - began) / 1e9;
      String[] seen = report(orders, said).split(" ", 3);
      String kept = keptUp(Integer.parseInt(seen[1]), seen[2], pbxs);
      assertThat(pbxs > CERTAIN || kept.equals("yes"))
          .as("%d kept up with: %s", pbxs, kept)
          .isTrue();
      return "| %s | %d | %.0f | %.1f | %d | %d | %s |"
          .formatted(
              profile,
              pbxs,
              Double.parseDouble(seen[0]) / seconds,
              100 * used / seconds,
              memory(watcher),
              threads(watcher),
              kept);
    } finally {
      watcher.destroyForcibly();
      peers.destroyForcibly();
    }
  }

  private static String keptUp(int lost, String verdicts, int pbxs) {
    return lost == 0 && verdicts.equals("{HEALTHY=" + pbxs + "}")
        ? "yes"
        : "no: " + lost + " questions lost, verdicts " + verdicts;
  }

  private static Process java(List<String> options, Class<?> program, String argument)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), program.getName(), argument));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String report(Writer orders, BufferedReader said) throws IOException {
    orders.write("report\n");
    orders.flush();
    return String.valueOf(said.readLine());
  }

  /** Seconds of CPU that it has used so far. */
  private static double cpu(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK;
  }

  private static long memory(Process process) throws IOException {
    return status(process, "VmRSS:") / 1024;
  }

  private static long threads(Process process) throws IOException {
    return status(process, "Threads:");
  }

  private static long status(Process process, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
