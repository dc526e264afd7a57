package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/** What was written down years ago must say the same today. */
class EntryCodecTest {
  private static final Path V1 = Path.of("src/test/resources/journal/v1.jsonl");
  private static final Path SNAPSHOT_V1 = Path.of("src/test/resources/journal/snapshot-v1.json");

  private final EntryCodec codec = new EntryCodec();

  @Test
  void everyKindOfEntryHasAName() {
    assertThat(Arrays.stream(EntryKind.values()).<Class<?>>map(kind -> kind.type).toList())
        .containsExactlyInAnyOrderElementsOf(permitted());
  }

  @Test
  void noEntryHasAComponentThatTheEnvelopeWouldHide() {
    assertThat(
            Arrays.stream(EntryKind.values())
                .flatMap(kind -> Arrays.stream(kind.type.getRecordComponents()))
                .map(RecordComponent::getName))
        .doesNotContain("place", "kind", "version");
  }

  @Test
  void theDayInTheOfficeLeavesOneEntryOfEachKind() {
    assertThat(OneOfEach.entries().stream().map(Object::getClass).distinct().toList())
        .hasSameSizeAs(permitted());
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    assertThat(codec.decode(codec.encode(OneOfEach.entries()))).isEqualTo(OneOfEach.entries());
  }

  @Test
  void aStateIsReadBackEqual() {
    State state = OneOfEach.state();
    EntryCodec.Snapshot snapshot = new EntryCodec.Snapshot(OneOfEach.many(), state);
    byte[] written = codec.encode(snapshot);
    assertThat(codec.snapshot(written)).isEqualTo(snapshot);
    assertThat(codec.encode(codec.snapshot(written))).isEqualTo(written);
    assertThat(state.openPlans()).hasSize(3);
    assertThat(state.moved()).isNotEmpty();
    assertThat(state.rows()).isNotEmpty();
    assertThat(state.challenges()).isNotEmpty();
    EntryCodec.Snapshot empty = new EntryCodec.Snapshot(0, State.EMPTY);
    assertThat(codec.snapshot(codec.encode(empty))).isEqualTo(empty);
  }

  /**
   * If this fails after a change of a record: entries of this form are in use, so the change needs
   * a default for the old form, a higher version in {@link EntryKind}, and a golden file of its own
   * beside this one, which stays as it is.
   */
  @Test
  void aJournalOfVersionOneIsReplayedToTheSameState() throws IOException {
    State state = State.EMPTY;
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(V1)) {
      Recorded recorded = codec.recorded(line);
      entries.add(recorded.entry());
      assertThat(recorded.number()).isEqualTo(entries.size());
      assertThat(codec.line(recorded)).isEqualTo(line);
      state = State.evolve(state, recorded.entry());
    }
    assertThat(entries).isEqualTo(OneOfEach.entries());
    assertThat(state).isEqualTo(OneOfEach.state());
  }

  @Test
  void aSnapshotOfVersionOneIsTheSameState() throws IOException {
    EntryCodec.Snapshot snapshot = codec.snapshot(Files.readAllBytes(SNAPSHOT_V1));
    assertThat(snapshot).isEqualTo(new EntryCodec.Snapshot(OneOfEach.many(), OneOfEach.state()));
  }

  @Test
  void anEntryOfANewerReleaseStopsTheProcessAndSaysWhatItMeans() {
    assertThatThrownBy(() -> codec.recorded("{\"place\":7,\"kind\":\"call-parked\",\"version\":1}"))
        .isInstanceOf(JournalRefused.class)
        .hasMessageContaining("kind \"call-parked\"")
        .hasMessageContaining("PBXs go on working")
        .hasMessageContaining("Install the release that wrote it");
    assertThatThrownBy(
            () ->
                codec.recorded(
                    "{\"kind\":\"noted\",\"version\":2,\"at\":\"2026-11-22T00:00:00Z\"}"))
        .isInstanceOf(JournalRefused.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void aComponentThatAnOldEntryLacksIsEmptyAndOneItHasTooManyIsSkipped() {
    Recorded plan =
        codec.recorded(
            "{\"place\":1,\"kind\":\"intended\",\"version\":1,\"at\":\"2026-11-22T00:00:00Z\",\"moon\":1,"
                + "\"plan\":{\"id\":\"p\",\"epoch\":1,\"kind\":\"REDIRECT\",\"at\":\"2026-11-22T00:00:00Z\"}}");
    Entry.Intended intended = (Entry.Intended) plan.entry();
    assertThat(intended.plan().reason()).isEmpty();
    assertThat(intended.plan().from()).isEmpty();
    assertThat(intended.plan().steps()).isEmpty();
  }

  @Test
  void aComponentThatCannotBeEmptyIsNotMadeUp() {
    assertThatThrownBy(() -> codec.recorded("{\"place\":1,\"kind\":\"noted\",\"version\":1}"))
        .isInstanceOf(JournalRefused.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void garbageIsRefusedWithASentence() {
    byte[] garbage = "{\"kind\":\"noted\",\"version\":1,\"at\":".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> codec.decode(garbage))
        .isInstanceOf(JournalRefused.class)
        .hasMessageContaining("docs/RUNBOOK-JOURNAL.md");
    assertThatThrownBy(() -> codec.decode("\0\0\0".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JournalRefused.class);
    assertThatThrownBy(() -> codec.snapshot("{\"version\":2,".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JournalRefused.class);
  }

  private static List<Class<?>> permitted() {
    return List.of(Entry.class.getPermittedSubclasses());
  }

  /** Writes the golden files anew; only for a form that no release has used yet. */
  public static void main(String[] args) throws IOException {
    EntryCodec codec = new EntryCodec();
    List<String> lines = new ArrayList<>();
    OneOfEach.entries().forEach(e -> lines.add(codec.line(new Recorded(lines.size() + 1, e))));
    Files.write(V1, lines);
    EntryCodec.Snapshot snapshot = new EntryCodec.Snapshot(lines.size(), OneOfEach.state());
    Files.write(SNAPSHOT_V1, codec.encode(snapshot));
  }
}
