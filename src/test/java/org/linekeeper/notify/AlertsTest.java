package org.linekeeper.notify;

import static org.awaitility.Awaitility.await;
import static org.mockito.AdditionalMatchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.after;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
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
import org.linekeeper.journal.Recorded;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Outcome;
import org.mockito.Mockito;

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

  @Test
  void whatTheOneBeforeDiedOverIsToldByTheNext() {
    InMemoryJournal before = committedBefore();
    try (Alerts next = new Alerts(before, carrier, () -> NOON)) {
      next.start();
      next.look();
      verify(carrier, timeout(5_000)).send(any(), any(), contains("Untold"));
      verify(carrier, timeout(5_000)).send(any(), any(), startsWith("NO PBX CAN SERVE"));
      await().until(() -> toldOf(before).equals(List.of(2L, 5L, 6L)));
      next.look();
      before.append(List.of(new Entry.EmergencyEnded(NOON, "the primary is back")));
      verify(carrier, timeout(5_000)).send(any(), any(), contains("Numbers go back"));
      verify(carrier, never()).send(any(), any(), contains("Told"));
      verify(carrier, never()).send(any(), any(), contains("Long ago"));
      verify(carrier, times(3)).send(any(), any(), any());
    }
    Mockito.clearInvocations(carrier);
    try (Alerts restarted = new Alerts(before, carrier, () -> NOON)) {
      restarted.start();
      restarted.look();
      before.append(List.of(alarmAt(NOON, "after the restart")));
      verify(carrier, timeout(5_000)).send(any(), any(), contains("After the restart"));
      verify(carrier, times(1)).send(any(), any(), any());
    }
  }

  @Test
  void afterARestartThereIsNoFloodEither() {
    InMemoryJournal before = committedBefore();
    for (char fault = 'a'; fault < 'a' + 20; fault++) {
      before.append(List.of(alarmAt(NOON, "trouble " + fault)));
    }
    try (Alerts next = new Alerts(before, carrier, () -> NOON)) {
      next.start();
      next.look();
      // The limit is eight alarms; one of these had been told by the one before.
      verify(carrier, timeout(5_000)).send(any(), any(), contains("Trouble f"));
      verify(carrier, after(300).times(7)).send(any(), any(), not(startsWith("NO PBX")));
    }
  }

  @Test
  void whoDoesNotLeadTellsNothingUntilItDoes() {
    InMemoryJournal shared = spy(committedBefore());
    doReturn(false).when(shared).leads();
    try (Alerts follower = new Alerts(shared, carrier, () -> NOON)) {
      follower.start();
      shared.append(List.of(alarmAt(NOON, "while another one leads")));
      follower.look();
      verify(carrier, after(200).never()).send(any(), any(), any());
      doReturn(true).when(shared).leads();
      follower.look();
      verify(carrier, timeout(5_000)).send(any(), any(), contains("While another one leads"));
    }
  }

  /** As it is when the one that led is gone: of record 2 it had told, of 5 and 6 it had not. */
  private static InMemoryJournal committedBefore() {
    InMemoryJournal before = new InMemoryJournal();
    before.append(
        List.of(
            new Entry.SettingsAccepted(NOON, "w1", "hash", Offices.accountants()),
            alarmAt(NOON.minusSeconds(60), "told"),
            new Entry.AlertSent(NOON.minusSeconds(59), 2, 1),
            alarmAt(NOON.minusSeconds(601), "long ago"),
            alarmAt(NOON.minusSeconds(5), "untold"),
            new Entry.EmergencyBegan(NOON.minusSeconds(1), "no PBX can serve: fire")));
    return before;
  }

  private static List<Long> toldOf(InMemoryJournal journal) {
    return journal.latest(100).stream()
        .map(Recorded::entry)
        .filter(Entry.AlertSent.class::isInstance)
        .map(sent -> ((Entry.AlertSent) sent).record())
        .sorted()
        .toList();
  }

  private static Entry alarmAt(Instant at, String text) {
    return new Entry.Noted(at, Entry.Noted.Weight.ALARM, text);
  }

  private void alarm(String text) {
    journal.append(List.of(alarmAt(NOON, text)));
  }
}
