package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A cable on which no two packets take the same time: by the kernel's netem where there is one,
 * else by a program (src/test/resources/lab/jitter.py) between the cable's end and the switch. The
 * cable then ends in a small bridge with one of two taps, whose other one is at the switch.
 */
public final class Jitter implements AutoCloseable {
  private final LabNetwork network;
  private final String namespace;
  private final String port;
  private final Optional<Process> relay;

  private Jitter(LabNetwork network, String namespace, String port, Optional<Process> relay) {
    this.network = network;
    this.namespace = namespace;
    this.port = port;
    this.relay = relay;
  }

  static Jitter on(
      LabNetwork network, String namespace, String port, Path directory, Duration longest) {
    return netem(network, namespace, port, longest)
        ? new Jitter(network, namespace, port, Optional.empty())
        : relayed(network, namespace, port, directory, longest);
  }

  private static boolean netem(
      LabNetwork network, String namespace, String port, Duration longest) {
    // evenly from nothing to twice that
    String half = longest.toMillis() / 2 + "ms";
    List<String> there = List.of("qdisc", "add", "dev", "eth0", "root", "netem", "delay");
    List<String> command = new ArrayList<>(List.of("tc", "-n", namespace));
    command.addAll(there);
    command.addAll(List.of(half, half));
    if (Shell.attempt(Shell.USUAL, command).exit() != 0) {
      return false;
    }
    Shell.run(
        tcAtSwitch(network, "qdisc", "add", "dev", port, "root", "netem", "delay", half, half));
    return true;
  }

  private static Jitter relayed(
      LabNetwork network, String namespace, String port, Path directory, Duration longest) {
    try {
      Path program = directory.resolve("jitter.py");
      Files.writeString(program, PbxFiles.resource("jitter.py"));
      Process relay =
          new ProcessBuilder(
                  network.commandAtSwitch(
                      "python3",
                      program.toString(),
                      atSwitch(port),
                      atCable(port),
                      Long.toString(longest.toMillis())))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("jitter.log").toFile())
              .start();
      Jitter jitter = new Jitter(network, namespace, port, Optional.of(relay));
      Await.until(
          "taps for jitter; see " + directory.resolve("jitter.log"),
          Duration.ofSeconds(10),
          () -> jitter.exists(atSwitch(port)) && jitter.exists(atCable(port)));
      jitter.ip("link", "add", "name", aside(port), "type", "bridge");
      jitter.ip("link", "set", aside(port), "up");
      jitter.ip("link", "set", atSwitch(port), "master", network.bridge(), "up");
      jitter.ip("link", "set", atCable(port), "master", aside(port), "up");
      jitter.ip("link", "set", port, "master", aside(port));
      return jitter;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By what, in words. */
  public String by() {
    return relay.isPresent() ? "a relay in user space" : "netem";
  }

  @Override
  public void close() {
    if (relay.isEmpty()) {
      Shell.run("tc", "-n", namespace, "qdisc", "del", "dev", "eth0", "root");
      Shell.run(tcAtSwitch(network, "qdisc", "del", "dev", port, "root"));
      return;
    }
    ip("link", "set", port, "master", network.bridge());
    relay.get().destroy();
    ip("link", "delete", aside(port));
  }

  private boolean exists(String tap) {
    return Shell.attempt(Shell.USUAL, Arrays.asList(network.atSwitch("link", "show", "dev", tap)))
            .exit()
        == 0;
  }

  private void ip(String... words) {
    Shell.run(network.atSwitch(words));
  }

  private static String[] tcAtSwitch(LabNetwork network, String... words) {
    String[] command = network.atSwitch(words);
    command[0] = "tc";
    return command;
  }

  private static String atSwitch(String port) {
    return port + "s";
  }

  private static String atCable(String port) {
    return port + "c";
  }

  private static String aside(String port) {
    return port + "b";
  }
}
