package org.linekeeper.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.asterisk.AmiWire.Pong;

/** Our pings share a connection with the library, and neither notices the other. */
class PongsTest {
  private final List<String> library = new ArrayList<>();
  private final List<Pong> heard = new ArrayList<>();
  private final Pongs pongs = new Pongs(library::add);

  private void say(String... lines) {
    for (String line : lines) {
      pongs.line(line);
    }
  }

  @Test
  void anAnswerToOursIsTakenOutBetweenTheLibrarysOwn() {
    assertThat(new String(pongs.next(heard::add)))
        .isEqualTo("Action: Ping\r\nActionID: lk-ping-1\r\n\r\n");

    say("Asterisk Call Manager/11.0.0");
    say("Response: Success", "ActionID: 17_4", "Value: 1", "");
    say("Response: Success", "ActionID: lk-ping-1", "Ping: Pong", "Timestamp: 1795.5", "");
    say("Event: FullyBooted", "Response: later", "");

    assertThat(heard).containsExactly(new Pong(true, "1795.5", ""));
    assertThat(library)
        .containsExactly(
            "Asterisk Call Manager/11.0.0",
            "Response: Success",
            "ActionID: 17_4",
            "Value: 1",
            "",
            "Event: FullyBooted",
            "Response: later",
            "");
  }

  @Test
  void aPingThatWasGivenUpIsStillKeptFromTheLibrary() {
    pongs.next(heard::add);
    pongs.forget(pongs.latest());

    say("Response: Success", "ActionID: lk-ping-1", "Ping: Pong", "");

    assertThat(heard).isEmpty();
    assertThat(library).isEmpty();
  }

  @Test
  void aRefusedPingSaysWhy() {
    pongs.next(heard::add);

    say("Response: Error", "ActionID: lk-ping-1", "Message: Permission denied", "");

    assertThat(heard).containsExactly(new Pong(false, "", "Permission denied"));
  }

  @Test
  void whenTheConnectionEndsEveryPingIsToldSo() {
    pongs.next(heard::add);
    pongs.next(heard::add);

    pongs.end();

    assertThat(heard).containsExactly(Pong.ENDED, Pong.ENDED);
  }

  @Test
  void aPasswordIsKeptFromTheLibrary() {
    say("Event: AuthDetail", "Password: hunter2", "");

    assertThat(library).containsExactly("Event: AuthDetail", "Password:", "");
  }
}
