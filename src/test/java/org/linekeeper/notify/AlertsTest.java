package org.linekeeper.notify;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.estate.Offices;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;

/** Alice is texted; a fault that repeats itself must not keep the text that matters from her. */
class AlertsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final InMemoryJournal journal = new InMemoryJournal();
  private final Carrier carrier = mock(Carrier.class);
  private final Alerts alerts = new Alerts(journal, carrier, () -> NOON);

  @BeforeEach
  void listen() {
    when(carrier.send(any(), any(), any())).thenReturn(Outcome.applied("sent"));
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants())));
    alerts.start();
  }

  @AfterEach
  void close() {
    alerts.close();
  }

  @Test
  void aDiskThatFillsAndEmptiesIsToldOfOnce() {
    for (int megabytes = 1; megabytes <= 20; megabytes++) {
      alarm("the disk has " + megabytes + " MB left");
    }
    alarm("there is no standby");
    verify(carrier, timeout(5_000)).send(any(), any(), contains("There is no standby"));
    verify(carrier, times(1)).send(any(), any(), contains("MB left"));
  }

  @Test
  void whateverElseWasToldTheFireIsToldOf() {
    for (char fault = 'a'; fault < 'a' + 20; fault++) {
      alarm("trouble " + fault);
    }
    journal.append(List.of(new Entry.EmergencyBegan(NOON, "no PBX can serve: fire")));
    verify(carrier, timeout(5_000)).send(any(), any(), startsWith("NO PBX CAN SERVE"));
    verify(carrier, times(8)).send(any(), any(), contains("Trouble"));
  }

  private void alarm(String text) {
    journal.append(List.of(new Entry.Noted(NOON, Entry.Noted.Weight.ALARM, text)));
  }
}
