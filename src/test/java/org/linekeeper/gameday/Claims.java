package org.linekeeper.gameday;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.lab.LabNetwork;

/** Who says in ARP that the floating address is its own: every packet that crosses the switch. */
final class Claims implements AutoCloseable {
  private final Pattern claim;
  private final List<String> claimants = new CopyOnWriteArrayList<>();
  private final Listening ear;

  private Claims(LabNetwork network, String address) {
    String of = Pattern.quote(address);
    claim =
        Pattern.compile(
            "([0-9a-f:]{17}) .*(Reply " + of + " is-at|who-has " + of + ".* tell " + of + ",)");
    ear =
        Listening.to(
            network.commandAtSwitch("tcpdump", "-l", "-n", "-e", "-t", "-i", "any", "arp"),
            "claims",
            this::line);
  }

  static Claims follow(LabNetwork network, String address) {
    return new Claims(network, address);
  }

  private void line(String line) {
    Matcher said = claim.matcher(line);
    if (said.find()) {
      claimants.add(said.group(1));
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
    ear.close();
  }
}
