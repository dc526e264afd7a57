package org.linekeeper.gameday;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.linekeeper.lab.LabAmi;
import org.linekeeper.lab.LabPbx;

/** Mistakes in what is configured. */
final class Config {
  private static final String NAME = "pbx-a.office.example";

  private static final List<String> ENDPOINTS = List.of("pjsip.conf", "pjsip-linekeeper-peer.conf");

  private Config() {}

  /** Changes a file of the PBX's /etc/asterisk; the first time its first text is kept. */
  static void edit(LabPbx pbx, String file, UnaryOperator<String> change) {
    Path path = pbx.host().directory().resolve("etc").resolve(file);
    Path before = path.resolveSibling(file + ".before");
    try {
      if (!Files.exists(before)) {
        Files.copy(path, before);
      }
      Files.writeString(path, change.apply(Files.readString(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void restore(LabPbx pbx, String file, String reload) {
    Path path = pbx.host().directory().resolve("etc").resolve(file);
    try {
      Files.writeString(path, Files.readString(path.resolveSibling(file + ".before")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pbx.cli(reload);
  }

  /** Every endpoint's SDP names an address that is nobody's (RFC 5737), the other PBX's too. */
  static void wrongMediaAddress(LabPbx pbx) {
    for (String file : ENDPOINTS) {
      edit(
          pbx,
          file,
          text -> text.replace("type = endpoint", "type = endpoint\nmedia_address = 192.0.2.99"));
    }
    pbx.reloadPjsip();
  }

  static void rightMediaAddress(LabPbx pbx) {
    ENDPOINTS.forEach(file -> restore(pbx, file, "module reload res_pjsip.so"));
  }

  /** Every call of the office, and the canary as its comments advise, takes one lock. */
  static void lockedDialplan(LabPbx pbx) {
    edit(
        pbx,
        "extensions.conf",
        text ->
            text.replace(
                "exten => lk-canary,1,Gosub(linekeeper-canary,s,1)",
                "exten => lk-canary,1,Set(TAKEN=${LOCK(office)})\n"
                    + " same => n,Set(TAKEN=${UNLOCK(office)})\n"
                    + " same => n,Gosub(linekeeper-canary,s,1)"));
    lockedOffice(pbx);
  }

  /** Every call of the office takes one lock. */
  static void lockedOffice(LabPbx pbx) {
    edit(
        pbx,
        "extensions.conf",
        text ->
            text
                + "\n[lab-lock]\nexten => hold,1,Set(TAKEN=${LOCK(office)})\n"
                + " same => n,Answer()\n same => n,Wait(300)\n");
    edit(
        pbx,
        "office.conf",
        text ->
            text.replace(
                "exten => _[+0-9]!,1,Answer()",
                "exten => _[+0-9]!,1,Set(TAKEN=${LOCK(office)})\n"
                    + " same => n,Set(TAKEN=${UNLOCK(office)})\n same => n,Answer()"));
    pbx.cli("dialplan reload");
  }

  /** As somebody does who mistypes the name of a context. */
  static void breakDialplan(LabPbx pbx) {
    edit(pbx, "extensions.conf", text -> text.replace("[from-carrier]", "[from-carier]"));
    pbx.cli("dialplan reload");
  }

  /** A call that takes the lock and keeps it. */
  static void takeLock(LabPbx pbx) {
    try (LabAmi ami = pbx.loginAsWitness()) {
      ami.action(
          "Originate",
          Map.of(
              "Channel", "Local/hold@lab-lock",
              "Application", "Wait",
              "Data", "300",
              "Async", "true"));
    }
  }

  /** The settings name the primary, and the watcher's resolver reads a file of the lab's. */
  static void callPrimaryByName(House house) throws IOException {
    Outfit.settings(house, Map.of("host: " + house.primary().host().address(), "host: " + NAME));
    rememberName(house);
  }

  static List<String> withNames(House house) {
    return List.of("-Djdk.net.hosts.file=" + names(house));
  }

  static void rememberName(House house) throws IOException {
    Files.writeString(names(house), house.primary().host().address() + " " + NAME + "\n");
  }

  static void forgetName(House house) throws IOException {
    Files.writeString(names(house), "192.0.2.99 nobody.example\n");
  }

  private static Path names(House house) {
    return house.office().directory().resolve("hosts");
  }
}
