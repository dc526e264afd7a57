package org.linekeeper.gameday;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/** What a PBX has only so many of. */
final class Limits {
  static final int CALLS = 20;

  private static final int OPEN_FROM_THE_START = 16;

  private Limits() {}

  /** From now on it can open nothing more. */
  static void noMoreDescriptors(LabPbx pbx) {
    int free = 0;
    // The limit is on a new descriptor's number, and the lowest free one is taken. It is set below
    // those of calls, since what a call that ends gives back would do for the next one.
    while (free < OPEN_FROM_THE_START
        && Files.exists(Path.of("/proc/" + pbx.pid() + "/fd/" + free), LinkOption.NOFOLLOW_LINKS)) {
      free++;
    }
    limit(pbx, free);
  }

  static void plentyOfDescriptors(LabPbx pbx) {
    limit(pbx, 4096);
  }

  private static void limit(LabPbx pbx, int descriptors) {
    Shell.run("prlimit", "--pid", Long.toString(pbx.pid()), "--nofile=" + descriptors + ":4096");
  }

  /** Restarts it with a limit of calls at once. */
  static void setMaxCalls(LabPbx pbx) {
    Config.edit(pbx, "asterisk.conf", text -> text + "\nmaxcalls = " + CALLS + "\n");
    pbx.restart();
  }
}
