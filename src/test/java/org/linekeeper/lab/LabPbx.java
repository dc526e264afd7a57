package org.linekeeper.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real Asterisk on a host of its own, with the shipped dialplans. Its name is in the Server
 * header of every answer it gives.
 */
public final class LabPbx implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final LabHost host;
  private final AsteriskRoot root;
  private @Nullable Process process;

  private LabPbx(LabHost host, AsteriskRoot root) {
    this.host = host;
    this.root = root;
  }

  /** A plain Asterisk, started and ready for calls. */
  public static LabPbx plain(LabNetwork network, String name, AsteriskRoot root) {
    LabPbx pbx = new LabPbx(network.host(name), root);
    PbxFiles.plain(pbx.fresh(), network, pbx.host, root);
    pbx.start();
    return pbx;
  }

  /** A plain Asterisk that registers with the lab's provider, started and ready for calls. */
  public static LabPbx registering(LabNetwork network, String name, AsteriskRoot root) {
    LabPbx pbx = new LabPbx(network.host(name), root);
    PbxFiles.registering(pbx.fresh(), network, pbx.host, root);
    pbx.start();
    return pbx;
  }

  /**
   * A plain Asterisk with eight desks that register at port 5062 of an address, which may be one
   * that it does not hold yet; started and ready for calls.
   */
  static LabPbx desks(LabNetwork network, String name, AsteriskRoot root, Optional<String> at) {
    LabPbx pbx = new LabPbx(network.host(name), root);
    String address = at.orElse(pbx.host.address());
    PbxFiles.desks(pbx.fresh(), network, pbx.host, root, address);
    Shell.run(
        "ip",
        "netns",
        "exec",
        pbx.host.namespace(),
        "sh",
        "-c",
        "echo 1 > /proc/sys/net/ipv4/ip_nonlocal_bind");
    pbx.start();
    return pbx;
  }

  /** An Asterisk with the FreePBX variant of the dialplans, started and ready for calls. */
  public static LabPbx freepbx(LabNetwork network, String name, AsteriskRoot root) {
    LabPbx pbx = new LabPbx(network.host(name), root);
    PbxFiles.freepbx(pbx.fresh(), network, pbx.host, root);
    pbx.start();
    return pbx;
  }

  private Path fresh() {
    Shell.run("rm", "-rf", "--one-file-system", host.directory().toString());
    return host.directory().resolve("etc");
  }

  /** The machine it runs on: its cable and its packets. */
  public LabHost host() {
    return host;
  }

  /** Where SIP over UDP is answered. */
  public InetSocketAddress sip() {
    return new InetSocketAddress(host.address(), 5060);
  }

  /** Where AMI is served. */
  public InetSocketAddress ami() {
    return new InetSocketAddress(host.address(), 5038);
  }

  /** The shipped manager user. */
  public String amiUser() {
    return "linekeeper";
  }

  /** The secret of the shipped manager user in the lab. */
  public String amiSecret() {
    return PbxFiles.SECRET;
  }

  /** Logs in as the shipped manager user. */
  public LabAmi loginAsLinekeeper() {
    return login(amiUser(), amiSecret());
  }

  /** Logs in as somebody who may see and do everything. */
  public LabAmi loginAsWitness() {
    return login("witness", "lab-witness");
  }

  private LabAmi login(String user, String secret) {
    try {
      return LabAmi.login(ami(), user, secret);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it takes calls; what it kept in AstDB is still there. */
  public void start() {
    if (isRunning()) {
      throw new IllegalStateException(host.name() + " is running already");
    }
    try {
      Path script = host.directory().resolve("asterisk-in-root.sh");
      Files.createDirectories(host.directory());
      Files.writeString(
          host.directory().resolve("hosts"),
          "127.0.0.1 localhost\n" + host.address() + " " + host.directory().getFileName() + "\n");
      Files.writeString(script, PbxFiles.resource("asterisk-in-root.sh"));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      process =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  host.namespace(),
                  "unshare",
                  "-m",
                  "-u",
                  "--propagation",
                  "private",
                  script.toString(),
                  root.directory().toString(),
                  host.directory().toString())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(host.directory().resolve("output").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Waits until a freshly started Asterisk says that it has fully booted. */
  private void awaitReady() {
    LabAmi ami =
        Await.value(
            "AMI of " + host.name() + "; see " + host.directory(),
            START_LIMIT,
            () -> {
              if (!isRunning()) {
                throw new AssertionError(host.name() + " ended; see " + host.directory());
              }
              try {
                return Optional.of(LabAmi.login(ami(), "witness", "lab-witness"));
              } catch (IOException | UncheckedIOException e) {
                return Optional.empty(); // not listening yet
              }
            });
    try (ami) {
      ami.awaitEvent("FullyBooted", START_LIMIT, packet -> true);
    }
  }

  /** Whether its process exists. */
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Ends it as a power cut does. */
  public void kill9() {
    signal("KILL");
    awaitEnd();
  }

  /** Stops it from running at all, as a snapshotted virtual machine; its sockets stay open. */
  public void sigstop() {
    signal("STOP");
  }

  /** Lets it run on. */
  public void sigcont() {
    signal("CONT");
  }

  /**
   * Stops it for this long, and returns when it runs again. One process does both, which goes
   * before all that keeps the processors busy and starts no other one in between: on a busy disk
   * that has taken half a second, and made a longer freeze of it.
   *
   * @return how long it stood still, at most
   */
  public Duration freeze(Duration time) {
    String micros =
        Shell.run(
            Shell.USUAL.plus(time),
            List.of(
                "perl",
                "-MTime::HiRes=clock_gettime,CLOCK_MONOTONIC,sleep",
                "-e",
                """
                system("chrt --fifo --pid 50 $$ 2> /dev/null");
                my $began = clock_gettime(CLOCK_MONOTONIC);
                kill(STOP => $ARGV[0]) or die "there is no process $ARGV[0]";
                sleep $ARGV[1];
                kill(CONT => $ARGV[0]) or die "process $ARGV[0] has ended meanwhile";
                printf "%d", (clock_gettime(CLOCK_MONOTONIC) - $began) * 1e6;
                """,
                Long.toString(pid()),
                Double.toString(time.toMillis() / 1000.0)));
    return Duration.of(Long.parseLong(micros.strip()), ChronoUnit.MICROS);
  }

  /** {@code core stop now}; returns when the process has ended. */
  public void coreStopNow() {
    // Asterisk closes the console while it answers, which the console reports as a failure
    Shell.attempt(Shell.USUAL, console("core stop now"));
    awaitEnd();
  }

  /** {@code core restart now}: the process becomes another one with the same id. */
  public void coreRestartNow() {
    // as above, the console reports that it was closed
    Shell.attempt(Shell.USUAL, console("core restart now"));
  }

  /** Ends it if it runs, by SIGKILL, and starts it anew. */
  public void restart() {
    if (isRunning()) {
      kill9();
    }
    start();
  }

  /** What the Asterisk console answers to a command such as {@code dialplan reload}. */
  public String cli(String command) {
    String answer = Shell.run(Shell.USUAL, console(command));
    if (answer.startsWith("No such command")) {
      throw new IllegalArgumentException(host.name() + " has no command " + command);
    }
    return answer;
  }

  /** Gives the console a command to which it answers only when the PBX is gone. */
  public void cliLater(String command) {
    try {
      new ProcessBuilder(console(command))
          .redirectErrorStream(true)
          .redirectOutput(host.directory().resolve("console").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reloads dialplan, then pjsip, then everything. */
  public void reloadAll() {
    cli("dialplan reload");
    reloadPjsip();
    cli("core reload");
  }

  /** What {@code pjsip reload} stands for, of which the lab's Asterisks do not know. */
  public void reloadPjsip() {
    cli("module reload res_pjsip.so");
  }

  /** From now on the echo call's audio is encrypted on this side. */
  public void encryptPeer() {
    peer("; media_encryption = sdes", "media_encryption = sdes");
  }

  /** Ends {@link #encryptPeer}. */
  public void plainPeer() {
    peer("\nmedia_encryption = sdes", "\n; media_encryption = sdes");
  }

  private void replace(String name, String was, String is) {
    Path file = host.directory().resolve("etc").resolve(name);
    try {
      Files.writeString(file, Files.readString(file).replace(was, is));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void peer(String was, String is) {
    replace("pjsip-linekeeper-peer.conf", was, is);
    cli("module reload res_pjsip.so");
    String wanted = is.contains(";") ? "media_encryption +: no" : "media_encryption +: sdes";
    Await.until(
        "the changed endpoint of " + host.name(),
        Duration.ofSeconds(3),
        () -> cli("pjsip show endpoint linekeeper-peer").matches("(?s).*" + wanted + ".*"));
  }

  /** Warnings and errors that it has logged since its first start. */
  public List<String> complaints() {
    try {
      return Files.readAllLines(host.directory().resolve("log/problems")).stream()
          .filter(line -> line.contains("] WARNING[") || line.contains("] ERROR["))
          // Said at a start during which a probe asks: pjproject's modules come one by one.
          .filter(line -> !line.contains("registered during operation"))
          // The lab's own way of losing what a PBX sends.
          .filter(line -> !line.contains("Operation not permitted"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a script on its machine, as cron does there. */
  public void run(Path script, String... arguments) {
    Path there = host.directory().resolve("tmp").resolve(script.getFileName());
    try {
      Files.copy(script, there, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>(List.of("/bin/bash", "/tmp/" + script.getFileName()));
    command.addAll(List.of(arguments));
    Shell.run(Shell.USUAL, inside(command));
  }

  private List<String> console(String command) {
    return inside(List.of("/usr/sbin/asterisk", "-rx", command));
  }

  /** A command that runs where it runs: its files, its network. */
  public List<String> inside(List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("nsenter", "-t", Long.toString(pid()), "--mount", "--net", "--root", "--wd"));
    all.addAll(command);
    return all;
  }

  private void signal(String name) {
    Shell.run("kill", "-s", name, Long.toString(pid()));
  }

  /** Its process id. */
  public long pid() {
    if (process == null) {
      throw new IllegalStateException(host.name() + " was never started");
    }
    return process.pid();
  }

  private void awaitEnd() {
    try {
      if (process != null && !process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError(host.name() + " did not end within 10 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + host.name() + " was ending", e);
    }
  }

  @Override
  public void close() {
    if (isRunning()) {
      kill9();
    }
  }
}
