package org.linekeeper.gameday;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.linekeeper.lab.LabOffice;
import org.linekeeper.lab.Shell;

/**
 * SIPp from Debian at the carrier's address, calling one address again and again. Requests are not
 * repeated and a call is given up after 0.4 s, as our own callers do, so that both mean the same by
 * an outage.
 */
final class Sipp implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Sipp(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param port of the carrier's address
   * @param rate calls a second
   */
  static Sipp begin(House house, String name, String address, int port, int rate) {
    try {
      Path directory = house.office().directory().resolve("sipp-" + name);
      Files.createDirectories(directory);
      Path scenario = directory.resolve("caller.xml");
      try (InputStream in = Sipp.class.getResourceAsStream("/lab/sipp-caller.xml")) {
        Files.write(scenario, in.readAllBytes());
      }
      Path log = directory.resolve("calls.log");
      Process process =
          new ProcessBuilder(
                  "sipp",
                  address + ":5060",
                  "-sf",
                  scenario.toString(),
                  "-s",
                  LabOffice.MAIN,
                  "-i",
                  house.network().carrierSip().getHostString(),
                  "-p",
                  Integer.toString(port),
                  "-r",
                  Integer.toString(rate),
                  "-nr",
                  "-nostdin",
                  "-trace_logs",
                  "-log_file",
                  log.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(directory.resolve("screen").toFile())
              .start();
      return new Sipp(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Keeps ICMP's refusals from the carrier's host: SIPp ends at the first one. Our own callers do
   * not look at them, and a carrier across the internet seldom gets any.
   */
  static void outliveRefusals(House house) {
    Shell.run(
        Shell.USUAL,
        house
            .carrier()
            .command(
                "nft",
                "add table inet sipp; add chain inet sipp in { type filter hook input priority 1;"
                    + " }; add rule inet sipp in icmp type destination-unreachable drop"));
  }

  /** Its calls so far, by their start. */
  List<Call> calls() {
    if (!Files.exists(log)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.startsWith("CALL "))
          .map(Sipp::call)
          .sorted(Comparator.comparing(Call::at))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code CALL s us s us server}: when it began and ended, and who answered. */
  private static Call call(String line) {
    String[] words = line.trim().split(" +", 6);
    Instant begun = time(words[1], words[2]);
    String server = words.length > 5 ? words[5].replace("Server:", "").trim() : "";
    return new Call(begun, Duration.between(begun, time(words[3], words[4])), server);
  }

  /** SIPp's numbers are all of floating point. */
  private static Instant time(String seconds, String micros) {
    return Instant.ofEpochSecond(
        (long) Double.parseDouble(seconds), (long) Double.parseDouble(micros) * 1000);
  }

  String words(Instant since) {
    return Outage.of(calls(), since).words() + " by " + Outage.of(calls(), since).by();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
