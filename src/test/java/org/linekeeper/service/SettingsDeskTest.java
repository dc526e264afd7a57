package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.StaffId;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.journal.Journal;
import org.linekeeper.secret.Secret;
import org.linekeeper.settings.CarrierAccess;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.MirrorSettings;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.Retention;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SmsSettings;
import org.linekeeper.settings.StaffAccess;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.verdict.Profile;

/** The admin edits the files while the journal's disk hangs. */
class SettingsDeskTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final StaffId ALICE = new StaffId("alice");

  /** Settings on their way to the disk; what is only noted is none of this test's business. */
  private record Held(List<Entry> entries, CompletableFuture<State> answer) {}

  private final InMemoryJournal disk = new InMemoryJournal();
  private final Deque<Held> held = new ArrayDeque<>();
  private final Journal journal = mock();
  private SettingsDesk desk;

  @TempDir Path directory;

  @BeforeEach
  void itHasStarted() {
    when(journal.state()).thenAnswer(call -> disk.state());
    when(journal.append(any()))
        .thenAnswer(
            call -> {
              List<Entry> entries = call.getArgument(0);
              if (entries.get(0) instanceof Entry.Noted) {
                return disk.append(entries);
              }
              Held one = new Held(entries, new CompletableFuture<>());
              held.add(one);
              return one.answer();
            });
    desk =
        new SettingsDesk(
            journal,
            InstantSource.fixed(NOON),
            settings("Example", "1111"),
            new FilesSeen(directory),
            false);
    desk.accepted(settings("Example", "1111"));
    written();
  }

  private static Settings settings(String name, String pin) {
    return settings("watcher-1", name, pin);
  }

  static Settings settings(String watcher, String name, String pin) {
    Estate office = Offices.accountants();
    Estate named =
        new Estate(
            name,
            office.pbxs(),
            office.trunk(),
            office.numbers(),
            office.staff(),
            office.schedule(),
            office.targets(),
            office.rules());
    LocalSettings local =
        new LocalSettings(
            watcher,
            Path.of("journal"),
            Optional.empty(),
            WebSettings.defaults(),
            Map.of(),
            Profile.lan(),
            new CarrierAccess(
                "AC1",
                Secret.of("token"),
                Optional.empty(),
                Optional.empty(),
                URI.create("https://divert.example.org"),
                CarrierAccess.Shown.OFFICE,
                Duration.ofSeconds(25),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                90),
            SmsSettings.defaults(),
            Map.of(ALICE, new StaffAccess(Optional.of("21"), Optional.of(Passwords.hash(pin)))),
            Retention.defaults(),
            MirrorSettings.defaults(),
            Optional.empty());
    return new Settings(named, local, "hash of " + name);
  }

  private void written() {
    Held one = held.remove();
    one.answer().complete(disk.append(one.entries()).toCompletableFuture().join());
  }

  private void timesOut(Held one) {
    one.answer().completeExceptionally(new TimeoutException("the disk hangs"));
  }

  private String office() {
    return disk.state().settings().orElseThrow().estate().office();
  }

  @Test
  void anOlderEditThatTimedOutDoesNotComeBackOverANewerOne() {
    desk.accepted(settings("Older", "1111"));
    Held older = held.remove();
    desk.accepted(settings("Newer", "1111"));
    written();
    timesOut(older);
    desk.again();

    assertThat(held).isEmpty();
    assertThat(office()).isEqualTo("Newer");
  }

  @Test
  void anOlderEditThatIsWrittenTooLateGivesWayToTheNewerOne() {
    desk.accepted(settings("Older", "1111"));
    Held older = held.remove();
    desk.accepted(settings("Newer", "1111"));
    written();
    timesOut(older);
    disk.append(older.entries());
    desk.again();
    written();

    assertThat(office()).isEqualTo("Newer");
  }

  @Test
  void anEditThatTimedOutAndWasTakenBackDoesNotComeBack() {
    desk.accepted(settings("Edited", "1111"));
    timesOut(held.remove());
    desk.accepted(settings("Example", "1111"));
    desk.again();

    assertThat(held).isEmpty();
    assertThat(office()).isEqualTo("Example");
  }

  @Test
  void whatTimedOutIsOfferedAgainButNotWhileItIsUnderWay() {
    desk.accepted(settings("Edited", "2222"));
    desk.again();
    assertThat(held).hasSize(1);

    timesOut(held.remove());
    assertThat(desk.local().pinMatches(ALICE, "2222")).isFalse();
    desk.again();
    written();
    assertThat(office()).isEqualTo("Edited");
    assertThat(desk.local().pinMatches(ALICE, "2222")).isTrue();
    assertThat(desk.local().pinMatches(ALICE, "1111")).isFalse();
  }

  @Test
  void aPinAloneNeverGoesToTheJournalAndCountsAtOnce() {
    desk.accepted(settings("Example", "2222"));

    assertThat(held).isEmpty();
    assertThat(desk.local().pinMatches(ALICE, "2222")).isTrue();
    assertThat(desk.local().pinMatches(ALICE, "1111")).isFalse();
    assertThat(desk.restartNeeded()).isEmpty();
  }

  @Test
  void whatNeedsARestartIsToldOnceAndNotAtEveryLaterEdit() {
    Settings other = settings("Example", "1111");
    Settings renamed = with(other, new Retention(Duration.ofDays(30)));
    desk.accepted(renamed);
    desk.accepted(with(settings("Edited", "1111"), new Retention(Duration.ofDays(30))));
    written();

    assertThat(desk.restartNeeded()).hasSize(1);
    assertThat(disk.latest(20))
        .filteredOn(recorded -> recorded.entry().sentence().contains("restarted"))
        .hasSize(1);
    assertThat(desk.local().retention()).isEqualTo(Retention.defaults());
  }

  static Settings with(Settings settings, Retention retention) {
    LocalSettings local = settings.local();
    return new Settings(
        settings.estate(),
        new LocalSettings(
            local.watcher(),
            local.journal(),
            local.peers(),
            local.web(),
            local.pbxs(),
            local.profile(),
            local.carrier(),
            local.sms(),
            local.staff(),
            retention,
            local.mirror(),
            local.nameServer()),
        settings.hash());
  }
}
