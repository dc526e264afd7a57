package org.linekeeper.gameday;

import java.io.File;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.Shell;

/** What a PBX has only so many of. */
final class Limits {
  static final int CALLS = 20;

  private Limits() {}

  /** From now on it can open nothing more. */
  static void noMoreDescriptors(LabPbx pbx) {
    String[] open = new File("/proc/" + pbx.pid() + "/fd").list();
    int highest = 0;
    for (String descriptor : open == null ? new String[0] : open) {
      highest = Math.max(highest, Integer.parseInt(descriptor));
    }
    limit(pbx, highest + 1);
  }

  static void plentyOfDescriptors(LabPbx pbx) {
    limit(pbx, 4096);
  }

  private static void limit(LabPbx pbx, int descriptors) {
    Shell.run(
        "prlimit", "--pid", Long.toString(pbx.pid()), "--nofile=" + descriptors + ":4096");
  }

  /** Restarts it with a limit of calls at once. */
  static void setMaxCalls(LabPbx pbx) {
    Config.edit(pbx, "asterisk.conf", text -> text + "\nmaxcalls = " + CALLS + "\n");
    pbx.restart();
  }
}
