package org.linekeeper.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.lab.LabNetwork;

/** Who says in ARP that the floating address is its own: every packet that crosses the switch. */
final class Claims implements AutoCloseable {
  private final Process capture;
  private final Pattern claim;
  private final List<String> claimants = new CopyOnWriteArrayList<>();

  private Claims(Process capture, String address) {
    this.capture = capture;
    String of = Pattern.quote(address);
    this.claim =
        Pattern.compile(
            "([0-9a-f:]{17}) .*(Reply " + of + " is-at|who-has " + of + ".* tell " + of + ",)");
  }

  static Claims follow(LabNetwork network, String address) {
    try {
      Process capture =
          new ProcessBuilder(
                  network.commandAtSwitch("tcpdump", "-l", "-n", "-e", "-t", "-i", "any", "arp"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Claims claims = new Claims(capture, address);
      Thread reader = new Thread(claims::read, "claims");
      reader.setDaemon(true);
      reader.start();
      return claims;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(capture.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher said = claim.matcher(line);
        if (said.find()) {
          claimants.add(said.group(1));
        }
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  /** The hardware addresses, each time that another one than the last claimed it. */
  List<String> turns() {
    List<String> turns = new ArrayList<>();
    for (String claimant : claimants) {
      if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(claimant)) {
        turns.add(claimant);
      }
    }
    return turns;
  }

  @Override
  public void close() {
    capture.destroy();
  }
}
