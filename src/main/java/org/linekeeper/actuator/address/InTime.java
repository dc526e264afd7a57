package org.linekeeper.actuator.address;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs that look at the time themselves, since whoever asks for them may stand still before
 * they begin: in hundredths of a second since the machine was started, which no setting of the
 * clock changes.
 */
final class InTime {
  /**
   * Opens the gate for what is left of its time, and becomes another program. {@code nft} is given
   * 80 ms; if it took longer, what was left then is told again, with more time for it. It takes no
   * number of more than eight digits, so hours are told in seconds; and how long it took matters
   * little then. What else is told comes when the gate is open: it may take seconds.
   */
  private static final String OPEN =
      """
      up() { read -r up rest < /proc/uptime && up=${up%%.*}${up#*.}; }
      read -r end last
      before="%s"
      takes=8
      while up && now=$up && [ "$now" -le "$last" ]; do
        left=$(((end - now + 2 - takes) * 10))
        [ "$left" -gt 0 ] || break
        stands=$((left + 10000))
        unit=ms
        if [ "$left" -gt 9000000 ]; then
          left=$((left / 1000))
          stands=$((left + 10))
          unit=s
        fi
        nft "${before}%s" || exit
        told=yes
        before="%s; "
        up
        if [ $unit = s ] || [ $((up - now)) -le "$takes" ]; then
          %s
          exec "$@"
        fi
        takes=$((up - now + 4))
      done
      [ -z "$told" ] || nft "%s"
      exit 1
      """;

  private static final String SHUT_IF_THERE =
      """
      tables=$(nft list tables) || exit
      case "$tables" in
        *" linekeeper"*) exec nft "$1" ;;
      esac
      """;

  /** Shuts the {@link AddressGate}, if there is one. */
  static final List<String> SHUT = List.of("sh", "-c", SHUT_IF_THERE, "shut", AddressGate.shut());

  private static final String NOT_AFTER =
      "read -r up rest < /proc/uptime && [ \"${up%.*}${up#*.}\" -le \"$1\" ]"
          + " && shift && exec \"$@\"";

  private InTime() {}

  /**
   * Opens the {@link AddressGate}, if it reads in time ({@link #times}) that there is time left.
   *
   * @param turn counts up with each renewal
   * @param clean whether the gate may be open for longer already, so that it is shut first
   * @param stays whether it is to stand for longer than renewals have it stand
   * @param then what it becomes
   */
  static List<String> open(
      List<String> addresses, long turn, boolean clean, boolean stays, List<String> then) {
    String program =
        OPEN.formatted(
            clean ? AddressGate.shut() + "; " : "",
            AddressGate.open(addresses, turn),
            AddressGate.again(addresses, turn),
            stays ? "nft \"" + AddressGate.standAnew(addresses) + "\"" : ":",
            AddressGate.shut());
    List<String> argv = new ArrayList<>(List.of("sh", "-c", program, "in-time"));
    argv.addAll(then);
    return argv;
  }

  /**
   * The line that {@link #open} reads.
   *
   * @param up as {@link #upSince} gave it; both times are counted from there
   * @param left until the gate is to be shut
   * @param mayBegin so long it may still be begun
   */
  static String times(long up, Duration left, Duration mayBegin) {
    return (up + hundredths(left)) + " " + (up + hundredths(mayBegin)) + "\n";
  }

  /** Becomes that program unless the time is over. */
  static List<String> notAfter(long up, Duration left, List<String> then) {
    List<String> argv = new ArrayList<>(List.of("sh", "-c", NOT_AFTER, "not-after"));
    argv.add(Long.toString(up + hundredths(left)));
    argv.addAll(then);
    return argv;
  }

  private static long hundredths(Duration time) {
    return time.toMillis() / 10;
  }

  /** For how long the machine has been up, in hundredths of a second. */
  static long upSince() {
    try {
      String up = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
      return Long.parseLong(up.replace(".", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
