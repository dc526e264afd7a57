package org.linekeeper.gameday;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.linekeeper.lab.Await;
import org.linekeeper.lab.CallResult;
import org.linekeeper.lab.LabPbx;
import org.linekeeper.lab.SipCaller;

/** baresip from Debian as the desk phone in reception, which picks up by itself. */
final class DeskPhone implements AutoCloseable {
  /** The office's number that rings it, at both PBXs. */
  private static final String NUMBER = "441632960198";

  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final Process process;

  private DeskPhone(Process process) {
    this.process = process;
  }

  static DeskPhone open(House house) {
    String address = house.phones().address();
    try {
      Path directory = Files.createDirectories(house.office().directory().resolve("baresip"));
      Files.writeString(
          directory.resolve("config"),
          "sip_listen "
              + address
              + ":5060\nmodule_path "
              + modules()
              + "\nmodule g711.so\nmodule aubridge.so\nmodule_app account.so\nmodule_app menu.so\n"
              + "audio_player aubridge,nil\naudio_source aubridge,nil\n");
      Files.writeString(
          directory.resolve("accounts"),
          "<sip:reception@" + address + ">;regint=0;answermode=auto;audio_codecs=pcma\n");
      Files.writeString(directory.resolve("contacts"), "");
      return new DeskPhone(
          new ProcessBuilder(house.phones().command("baresip", "-f", directory.toString()))
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(directory.resolve("log").toFile())
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path modules() {
    Path multiarch = Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules");
    return Files.isDirectory(multiarch) ? multiarch : Path.of("/usr/lib/baresip/modules");
  }

  String words() {
    Await.pause(Duration.ofMillis(500));
    return process.isAlive() ? "is on its hook" : "did not start";
  }

  /** Calls it from outside through that PBX, and tells what came of it. */
  static String rings(House house, String active) {
    LabPbx pbx = active.equals("standby") ? house.standby() : house.primary();
    try {
      CallResult call = new SipCaller(house.network().carrierSip()).call(pbx.sip(), NUMBER, LIMIT);
      return call.status() == 200
          ? "answered a call through " + active + " in " + call.took().toMillis() + " ms"
          : "could not be reached through " + active + ": " + call.status();
    } catch (UncheckedIOException nothingLeavesTheCarrier) {
      return "could not be reached from outside";
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
