package org.linekeeper.gameday;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.lab.LabHost;

/** Packets that arrive although the way they came is said to be cut. */
final class Crossings implements AutoCloseable {
  private static final Pattern PACKET = Pattern.compile("^(\\d+)\\.(\\d{6}) ");

  private final List<Instant> arrived = new CopyOnWriteArrayList<>();
  private final List<Listening> ears;

  private Crossings(List<LabHost> far, String which) {
    ears =
        far.stream()
            .map(
                host ->
                    Listening.packets(
                        host, "crossings", this::line, "-Q", "in", "-i", "eth0", which))
            .toList();
  }

  /**
   * @param far hosts on the other side
   * @param which a capture filter for what may not arrive there
   */
  static Crossings watch(List<LabHost> far, String which) {
    return new Crossings(far, which);
  }

  private void line(String line) {
    Matcher packet = PACKET.matcher(line);
    if (packet.find()) {
      arrived.add(Listening.time(packet));
    }
  }

  /** How many arrived after that moment. */
  long since(Instant cut) {
    if (!ears.stream().allMatch(Listening::goesOn)) {
      throw new IllegalStateException("tcpdump has ended, so nobody knows what arrived");
    }
    return arrived.stream().filter(at -> at.isAfter(cut)).count();
  }

  /** How many arrived before: that the filter fits what is usually said there. */
  long before(Instant cut) {
    return arrived.size() - since(cut);
  }

  @Override
  public void close() {
    ears.forEach(Listening::close);
  }
}
