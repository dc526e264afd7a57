package org.linekeeper.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Debian root directory with Asterisk in it, built once per machine and never written afterwards.
 *
 * @param version 22 or 16
 * @param directory the root
 */
public record AsteriskRoot(int version, Path directory) {
  private static final Path CACHE =
      Path.of(System.getProperty("linekeeper.lab.cache", "/var/cache/linekeeper-lab"));

  /** To be raised when what goes into a root changes, so that old caches are not used. */
  private static final String RECIPE = "r1";

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

  private static final List<Tool> TOOLS =
      List.of(
          new Tool("mmdebstrap", "mmdebstrap"),
          new Tool("ip", "iproute2"),
          new Tool("nft", "nftables"),
          new Tool("nsenter", "util-linux"),
          new Tool("arping", "iputils-arping"),
          new Tool("ndptool", "libndp-tools"),
          new Tool("baresip", "baresip-core"));

  /** Asterisk 22 from Debian's unstable. */
  public static AsteriskRoot v22() {
    return ensure(22, "sid");
  }

  /** Asterisk 16 from Debian 11. */
  public static AsteriskRoot v16() {
    return ensure(16, "bullseye");
  }

  private static final List<Tool> GAME_DAY_TOOLS =
      List.of(
          new Tool("sipp", "sip-tester"),
          new Tool("baresip", "baresip-core"),
          new Tool("keepalived", "keepalived"),
          new Tool("sipsak", "sipsak"),
          new Tool("tcpdump", "tcpdump"),
          new Tool("python3", "python3"));

  /** Installs what only the game day needs: callers, a soft phone and those it is compared with. */
  public static void ensureGameDayTools() {
    ensureTools();
    locked(() -> install(GAME_DAY_TOOLS));
  }

  /** Installs what the lab needs of the machine itself; nothing if it is there. */
  static void ensureTools() {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IllegalStateException(
          "the lab makes network namespaces and installs Debian packages: run it as root");
    }
    locked(() -> install(TOOLS));
  }

  private static AsteriskRoot ensure(int version, String suite) {
    return new AsteriskRoot(version, with("asterisk-" + version, suite, "asterisk"));
  }

  /** A root with another Debian package in it, to run a server that this machine must not run. */
  public static Path with(String name, String suite, String debianPackage) {
    ensureTools();
    Path root = CACHE.resolve(name + "-" + RECIPE);
    locked(
        () -> {
          if (!Files.exists(root)) {
            build(suite, debianPackage, root);
          }
        });
    return root;
  }

  private static void build(String suite, String debianPackage, Path root) {
    Path building = root.resolveSibling(root.getFileName() + ".building");
    Shell.run("rm", "-rf", "--one-file-system", building.toString());
    // The mirrored sid's Release file can be past its date, and that of an archived suite is.
    Shell.run(
        BUILD_LIMIT,
        List.of(
            "mmdebstrap",
            "--variant=minbase",
            "--include=" + debianPackage,
            "--aptopt=Acquire::Check-Valid-Until \"false\"",
            suite,
            building.toString()));
    // something to mount each PBX's own file on
    Shell.run("touch", building.resolve("etc/hosts").toString());
    Shell.run("mv", building.toString(), root.toString());
  }

  private static void install(List<Tool> tools) {
    List<String> missing = new ArrayList<>();
    for (Tool tool : tools) {
      if (!tool.present()) {
        missing.add(tool.debianPackage);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    Shell.run(BUILD_LIMIT, List.of("apt-get", "update", "-qq"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "install",
                "-y",
                "-qq",
                "--no-install-recommends"));
    command.addAll(missing);
    Shell.run(BUILD_LIMIT, command);
  }

  /** One builder at a time, across all the processes of the machine. */
  private static synchronized void locked(Runnable work) {
    try {
      Files.createDirectories(CACHE);
      try (FileChannel channel =
              FileChannel.open(
                  CACHE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          work.run();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Tool(String command, String debianPackage) {
    boolean present() {
      return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
  }
}
