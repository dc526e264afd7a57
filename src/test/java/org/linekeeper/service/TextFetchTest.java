package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.carrier.Answer;
import org.linekeeper.carrier.Carrier;
import org.linekeeper.carrier.InboundText;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Trunk;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.state.Entry;

/** The office's first start, and the day on which it gets another control number. */
class TextFetchTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final PhoneNumber CONTROL = new PhoneNumber("+441632960998");
  private static final PhoneNumber OTHER = new PhoneNumber("+441632960997");

  private final InMemoryJournal journal = new InMemoryJournal();
  private final Carrier carrier = mock();
  private final List<String> heard = new ArrayList<>();
  private final TextFetch fetch =
      new TextFetch(journal, carrier, InstantSource.fixed(NOON), text -> heard.add(text.body()));

  private void accept(PhoneNumber control) {
    Estate office = Offices.accountants();
    Estate estate =
        new Estate(
            office.office(),
            office.pbxs(),
            new Trunk(office.trunk().sid(), Optional.of(control)),
            office.numbers(),
            office.staff(),
            office.schedule(),
            office.targets(),
            office.rules());
    journal.append(List.of(new Entry.SettingsAccepted(NOON, "w1", "hash", estate)));
  }

  private void lists(PhoneNumber control, String sid, String body) {
    InboundText text = new InboundText(sid, "+447700900101", control.e164(), body, NOON);
    when(carrier.textsSince(any(), any())).thenReturn(Answer.of(List.of()));
    when(carrier.textsSince(org.mockito.ArgumentMatchers.eq(control), any()))
        .thenReturn(Answer.of(List.of(text)));
  }

  @Test
  void atTheFirstStartTextsAreFetchedAsSoonAsThereAreSettings() {
    fetch.look();
    verify(carrier, never()).textsSince(any(), any());
    accept(CONTROL);
    lists(CONTROL, "SM1", "STATUS");
    fetch.look();
    fetch.look();
    assertThat(heard).containsExactly("STATUS");
  }

  @Test
  void anotherControlNumberIsAskedForFromTheEditOn() {
    accept(CONTROL);
    lists(CONTROL, "SM1", "STATUS");
    fetch.look();
    accept(OTHER);
    lists(OTHER, "SM2", "COMMANDS");
    fetch.look();
    assertThat(heard).containsExactly("STATUS", "COMMANDS");
  }
}
