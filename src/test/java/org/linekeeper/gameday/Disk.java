package org.linekeeper.gameday;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/** The disk under a PBX's AstDB. */
final class Disk {
  private static final String LIB = "/var/lib/asterisk";
  private static @Nullable Process locking;

  private Disk() {}

  /** Restarts it with AstDB on a disk of its own of two megabytes. */
  static void makeSmall(LabPbx pbx) {
    try {
      Files.writeString(pbx.host().directory().resolve("small-disk"), "2m");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pbx.restart();
  }

  static void fill(LabPbx pbx) {
    // ends with an error, as it should: no space left on device
    Shell.attempt(
        Duration.ofSeconds(20),
        pbx.inside(List.of("/bin/dd", "if=/dev/zero", "of=" + LIB + "/filling", "bs=4k")));
  }

  static void empty(LabPbx pbx) {
    Shell.run(Shell.USUAL, pbx.inside(List.of("/bin/rm", LIB + "/filling")));
  }

  /** Begins a transaction on its AstDB and stays in it. */
  static void lockAstDb(LabPbx pbx) throws IOException {
    Path file = pbx.host().directory().resolve("lib/astdb.sqlite3");
    String script =
        "import sqlite3,sys\n"
            + "c=sqlite3.connect(sys.argv[1],timeout=20,isolation_level=None)\n"
            + "c.execute('BEGIN EXCLUSIVE')\nprint('held',flush=True)\nsys.stdin.read()\n";
    Process python =
        new ProcessBuilder("python3", "-c", script, file.toString())
            .redirectError(new File("/dev/null"))
            .start();
    locking = python;
    if (python.getInputStream().read() < 0) {
      throw new IllegalStateException("AstDB could not be locked: " + file);
    }
  }

  static void unlockAstDb() {
    if (locking != null) {
      locking.destroy();
    }
  }
}
