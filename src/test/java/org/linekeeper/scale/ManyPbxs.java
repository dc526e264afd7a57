package org.linekeeper.scale;

import java.io.IOException;
import java.time.InstantSource;
import org.linekeeper.demo.pbx.PbxSettings;
import org.linekeeper.demo.pbx.SimulatedPbx;
import org.linekeeper.net.IoLoop;
import org.linekeeper.time.Ticker;

/**
 * So many simulated PBXs in a process of their own, so that their time is not taken for the
 * watcher's. Says {@code NAME AMI-PORT SIP-PORT} for each, then {@code ready}; ends with its input.
 */
public final class ManyPbxs {
  static final String USER = "linekeeper";
  static final String SECRET = "s3cret";
  static final String CONTEXT = "from-carrier";

  private ManyPbxs() {}

  /** One argument: how many. */
  public static void main(String[] args) throws IOException {
    IoLoop loop = IoLoop.start("many-pbxs", Ticker.system());
    for (int n = 1; n <= Integer.parseInt(args[0]); n++) {
      String name = "pbx" + n;
      SimulatedPbx pbx =
          new SimulatedPbx(
              loop, InstantSource.system(), PbxSettings.onLoopback(name, USER, SECRET));
      pbx.start();
      System.out.println(
          name + " " + pbx.amiAddress().getPort() + " " + pbx.sipAddress().getPort());
    }
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // until whoever started it has gone
    }
    System.exit(0);
  }
}
