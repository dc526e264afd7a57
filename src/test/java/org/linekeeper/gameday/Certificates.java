package org.linekeeper.gameday;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.net.MadeCertificate;

/** The trunk over TLS, at the primary: Linekeeper asks there what the carrier would. */
final class Certificates {
  private static final int PORT = 5061;

  private Certificates() {}

  /** The primary shows a good one, and Linekeeper trusts it and the one that has run out. */
  static void trunkOverTls(House house) throws Exception {
    LabPbx pbx = house.primary();
    String here = "ip:" + pbx.host().address();
    Path made = house.office().directory();
    MadeCertificate good = MadeCertificate.make(made, here, -10, 60);
    MadeCertificate old = MadeCertificate.make(made, here, -60, -1);
    Path trusted =
        Files.writeString(
            made.resolve("trusted.pem"),
            Files.readString(good.authority) + Files.readString(old.authority));
    give(pbx, "good", good);
    give(pbx, "old", old);
    Config.edit(
        pbx,
        "pjsip.conf",
        text ->
            text
                + "\n[tls]\ntype = transport\nprotocol = tls\nallow_reload = yes\n"
                + "method = tlsv1_2\nbind = "
                + pbx.host().address()
                + ":"
                + PORT
                + "\ncert_file = /etc/asterisk/good.pem\npriv_key_file = /etc/asterisk/good.key\n");
    pbx.restart();
    String host = "sip: {host: " + pbx.host().address() + ", port: ";
    Outfit.settings(
        house,
        Map.of(host + "5060}", host + PORT + ", transport: tls, trust: \"" + trusted + "\"}"));
  }

  private static void give(LabPbx pbx, String name, MadeCertificate certificate)
      throws IOException {
    Path etc = pbx.host().directory().resolve("etc");
    Files.writeString(etc.resolve(name + ".pem"), Files.readString(certificate.certificate));
    Files.writeString(etc.resolve(name + ".key"), Files.readString(certificate.key));
  }

  /**
   * From now on it shows the one that has run out, to connections that are begun; those that are up
   * are ended, as a carrier's own time-out does.
   */
  static void runOut(LabPbx pbx) {
    show(pbx, "good", "old");
  }

  static void renew(LabPbx pbx) {
    show(pbx, "old", "good");
  }

  private static void show(LabPbx pbx, String was, String is) {
    Config.edit(pbx, "pjsip.conf", text -> text.replace("/" + was + ".", "/" + is + "."));
    pbx.reloadPjsip();
    pbx.host().resetConnectionsTo(PORT);
    Await.pause(Duration.ofMillis(300));
    pbx.host().clear();
  }
}
