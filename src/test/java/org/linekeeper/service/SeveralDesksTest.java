package org.linekeeper.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.journal.Journal;
import org.linekeeper.settings.Retention;
import org.linekeeper.settings.Settings;
import org.linekeeper.state.Entry;

/** Each watcher has files of its own, which are edited here first and there later, or never. */
class SeveralDesksTest {
  private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

  private final InMemoryJournal kept = new InMemoryJournal();
  private final Journal journal = mock(Journal.class);
  @TempDir Path directory;
  private boolean hangs;

  @BeforeEach
  void oneJournal() {
    when(journal.state()).thenAnswer(call -> kept.state());
    when(journal.leads()).thenReturn(true);
    when(journal.append(any()))
        .thenAnswer(
            call ->
                hangs
                    ? CompletableFuture.failedFuture(new TimeoutException("no majority"))
                    : kept.append(call.<List<Entry>>getArgument(0)));
  }

  private static Settings files(String watcher, String office) {
    return SettingsDeskTest.settings(watcher, office, "1111");
  }

  /** As that watcher's service begins, or begins again. */
  private SettingsDesk start(Settings files, boolean several) {
    try {
      Path own = Files.createDirectories(directory.resolve(files.local().watcher()));
      SettingsDesk desk =
          new SettingsDesk(journal, InstantSource.fixed(NOON), files, new FilesSeen(own), several);
      desk.started(files);
      desk.again();
      return desk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String office() {
    return kept.state().settings().orElseThrow().estate().office();
  }

  private long accepted() {
    return kept.latest(100).stream()
        .filter(recorded -> recorded.entry() instanceof Entry.SettingsAccepted)
        .count();
  }

  @Test
  void whatIsInForceIsWhatWasEditedLastWhereverThatWas() {
    SettingsDesk one = start(files("watcher-1", "First"), true);
    SettingsDesk two = start(files("watcher-2", "First"), true);
    two.accepted(files("watcher-2", "Second"));
    for (int i = 0; i < 5; i++) {
      one.again();
      two.again();
    }
    assertThat(office()).isEqualTo("Second");
    assertThat(accepted()).isEqualTo(2);
    assertThat(one.differing()).isPresent();
    assertThat(two.differing()).isEmpty();

    one.accepted(files("watcher-1", "Second"));
    assertThat(one.differing()).isEmpty();
    assertThat(accepted()).isEqualTo(2);
  }

  @Test
  void anEditThatCouldNotBeRecordedIsOfferedAgainOverWhatAnotherWatcherReadBefore() {
    start(files("watcher-2", "First"), true);
    SettingsDesk one = start(files("watcher-1", "First"), true);
    hangs = true;
    one.accepted(files("watcher-1", "Second"));
    hangs = false;
    one.again();
    assertThat(office()).isEqualTo("Second");
  }

  @Test
  void anEditThatCouldNotBeRecordedIsOneAfterARestartToo() {
    start(files("watcher-1", "First"), true);
    SettingsDesk one = start(files("watcher-1", "First"), true);
    hangs = true;
    one.accepted(files("watcher-1", "Second"));
    hangs = false;
    start(files("watcher-1", "Second"), true);
    assertThat(office()).isEqualTo("Second");
  }

  @Test
  void filesThatAnotherWatchersEditHasOvertakenAreNoEditAtARestart() {
    start(files("watcher-1", "First"), true);
    start(files("watcher-2", "First"), true).accepted(files("watcher-2", "Second"));
    SettingsDesk again = start(files("watcher-1", "First"), true);
    assertThat(office()).isEqualTo("Second");
    assertThat(again.differing()).isPresent();
  }

  @Test
  void whatNeedsARestartIsInForceAfterIt() {
    Settings before = files("watcher-1", "First");
    SettingsDesk one = start(before, true);
    Estate moved = before.estate().with(Movings.leased("watcher-1", "watcher-2"));
    Settings edited = new Settings(moved, before.local(), "hash of the edit");
    one.accepted(edited);
    assertThat(one.restartNeeded()).isNotEmpty();
    assertThat(kept.state().settings().orElseThrow().estate()).isEqualTo(before.estate());

    start(edited, true);
    assertThat(kept.state().settings().orElseThrow().estate()).isEqualTo(moved);
  }

  /** What only this watcher needs, and takes effect at a restart, makes no edit of what is old. */
  @Test
  void whatAnotherEditHasOvertakenIsNoEditAtARestartWhateverElseWaitedForThat() {
    start(files("watcher-2", "First"), true);
    Settings before = files("watcher-1", "First");
    SettingsDesk one = start(before, true);
    Settings edited =
        SettingsDeskTest.with(files("watcher-1", "Second"), new Retention(Duration.ofDays(30)));
    one.accepted(edited);
    one.again();
    assertThat(one.restartNeeded()).isNotEmpty();
    SettingsDesk two = start(files("watcher-2", "First"), true);
    two.accepted(files("watcher-2", "Third"));
    one.again();

    start(edited, true);
    assertThat(office()).isEqualTo("Third");
  }

  @Test
  void anOvertakenEditThatNeededARestartIsNoEditAfterIt() {
    Settings before = files("watcher-1", "First");
    SettingsDesk one = start(before, true);
    Estate moved = before.estate().with(Movings.leased("watcher-1", "watcher-2"));
    Settings edited = new Settings(moved, before.local(), "hash of the edit");
    one.accepted(edited);
    start(files("watcher-2", "First"), true).accepted(files("watcher-2", "Second"));
    one.again();

    start(edited, true);
    assertThat(office()).isEqualTo("Second");
  }

  /** An edit that waits keeps what is in force, and that is the PIN that was set last. */
  @Test
  void aPinThatWasChangedStaysSoWhileAnEditWaits() {
    SettingsDesk two = start(cautious("watcher-2", "First", "1111"), true);
    two.accepted(cautious("watcher-2", "First", "2222"));
    SettingsDesk one = start(cautious("watcher-1", "First", "1111"), true);
    one.accepted(cautious("watcher-1", "Second", "1111"));
    two.again();
    Settings large = cautious("watcher-2", "Second", "2222");
    two.accepted(with(large, List.of(), large.estate().rules()));
    assertThat(two.waiting()).isPresent();
    assertThat(two.local().pinMatches(SettingsDeskTest.ALICE, "1111")).isFalse();
    assertThat(two.local().pinMatches(SettingsDeskTest.ALICE, "2222")).isTrue();
  }

  /** Of an office where an edit waits that takes out a single number. */
  private static Settings cautious(String watcher, String office, String pin) {
    Settings settings = SettingsDeskTest.settings(watcher, office, pin);
    Rules shipped = settings.estate().rules();
    Rules rules =
        new Rules(
            shipped.mode(),
            shipped.holdDown(),
            shipped.divertWhenNoPbx(),
            shipped.divertAfter(),
            shipped.returnAfter(),
            shipped.gateLease(),
            0);
    return with(settings, settings.estate().numbers(), rules);
  }

  private static Settings with(Settings settings, List<OfficeNumber> numbers, Rules rules) {
    Estate office = settings.estate();
    Estate changed =
        new Estate(
            office.office(),
            office.pbxs(),
            office.trunk(),
            numbers,
            office.staff(),
            office.schedule(),
            office.targets(),
            rules);
    return new Settings(changed, settings.local(), "hash of " + changed + settings.local());
  }

  @Test
  void whoWasAloneAndGetsCompanyTakesItsFilesAsAnEdit() {
    Settings alone = files("watcher-1", "First");
    start(alone, false);
    Estate leased = alone.estate().with(Movings.leased("watcher-1", "watcher-2"));
    start(new Settings(leased, alone.local(), "hash with watchers"), true);
    assertThat(kept.state().settings().orElseThrow().estate()).isEqualTo(leased);
  }

  /** One that was replaced: what its new machine has is not what anybody has edited since. */
  @Test
  void whoIsTakenInWithAnEmptyDirectoryTakesWhatIsInForce() {
    start(files("watcher-1", "First"), true);
    SettingsDesk anew = start(files("watcher-2", "Old"), true);
    assertThat(office()).isEqualTo("First");
    assertThat(anew.differing()).isPresent();
  }

  @Test
  void whatOnlyThisWatcherNeedsIsNoEditForTheOthers() {
    Settings before = files("watcher-1", "First");
    start(before, true);
    start(SettingsDeskTest.with(before, new Retention(Duration.ofDays(30))), true);
    assertThat(accepted()).isEqualTo(1);
  }
}
