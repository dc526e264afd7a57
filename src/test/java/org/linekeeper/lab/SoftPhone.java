package org.linekeeper.lab;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.linekeeper.time.Ticker;

/** A real phone (baresip) on a desk: registers, rings, and is picked up by nobody. */
final class SoftPhone implements AutoCloseable {
  private static final Duration REGISTERED = Duration.ofSeconds(10);
  private static final int EXPIRY_SECONDS = 60;

  /** One for all: each counts from its own beginning. */
  static final Ticker TICKER = Ticker.system();

  private final String name;
  private final Process process;
  private final List<Said> said = new CopyOnWriteArrayList<>();

  private record Said(Duration at, String line) {}

  private SoftPhone(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Plugs a phone in, and returns when it has registered.
   *
   * @param namespace of the machine that it runs on
   * @param address of that machine
   * @param port its own SIP port there
   * @param registrar address and port
   */
  static SoftPhone plugIn(
      String namespace,
      Path directory,
      String address,
      int port,
      String name,
      String transport,
      String registrar) {
    try {
      Path config = Files.createDirectories(directory.resolve(name));
      Files.writeString(
          config.resolve("config"),
          """
          sip_listen %1$s:%2$d
          module_path /usr/lib/baresip/modules
          module account.so
          module menu.so
          module g711.so
          module ausine.so
          module aufile.so
          audio_source ausine,440
          audio_player aufile,/dev/null
          audio_alert aufile,/dev/null
          """
              .formatted(address, port));
      Files.writeString(
          config.resolve("accounts"),
          "<sip:%s@%s;transport=%s>;regint=%d;answermode=manual%n"
              .formatted(name, registrar, transport, EXPIRY_SECONDS));
      Process process =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  namespace,
                  "stdbuf",
                  "-oL",
                  "baresip",
                  "-f",
                  config.toString())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      SoftPhone phone = new SoftPhone(name, process);
      Thread reader = new Thread(phone::read, "phone-" + name);
      reader.setDaemon(true);
      reader.start();
      Await.until(name + " registers", REGISTERED, () -> phone.heard("200 OK").isPresent());
      return phone;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        said.add(new Said(TICKER.now(), line));
      }
    } catch (IOException e) {
      // it was unplugged
    }
  }

  String name() {
    return name;
  }

  private Optional<Duration> heard(String words) {
    return said.stream().filter(s -> s.line.contains(words)).map(Said::at).findFirst();
  }

  /** When it first rang after that moment; empty if it did not yet. */
  Optional<Duration> rangAfter(Duration moment) {
    return said.stream()
        .filter(s -> s.line.contains("Incoming call") && s.at.compareTo(moment) > 0)
        .map(Said::at)
        .findFirst();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
