package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Movings;
import org.linekeeper.estate.Offices;
import org.linekeeper.estate.Rules;
import org.linekeeper.lab.Await;
import org.linekeeper.state.Entry;
import org.linekeeper.state.Epoch;
import org.linekeeper.state.Lease;
import org.linekeeper.state.Parting;
import org.linekeeper.state.State;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Two of three are lost, and a person has the third go on alone. */
class AloneTest {
  @TempDir static Path keys;
  @TempDir Path directory;

  private Watchers watchers;

  @BeforeAll
  static void keys() throws IOException {
    Watchers.keys(keys);
  }

  @BeforeEach
  void open() throws IOException {
    watchers = new Watchers(directory, keys);
  }

  @AfterEach
  void close() {
    watchers.close();
    assertThat(watchers.fatal()).isEmpty();
  }

  private static List<Entry> note(String text) {
    return List.of(OneOfEach.noted(text));
  }

  private static List<String> others(String name) {
    return Watchers.NAMES.stream().filter(other -> !other.equals(name)).toList();
  }

  /** The others are stopped, and it has been led by nobody for long enough. */
  private void leave(String name) {
    others(name).forEach(watchers::stop);
    watchers.awaitLeaderless(name);
  }

  /**
   * All get what is recorded now, and know what one does. What people read of the time before is
   * not looked at: who is taken in has the state and not the records.
   */
  private void awaitAlike(String text) throws Exception {
    watchers.committed("b", note(text));
    for (String name : Watchers.NAMES) {
      Await.until(
          name + " is like the others",
          Watchers.SOON,
          () ->
              Watchers.notes(watchers.get(name)).contains(text)
                  && watchers.get(name).state().equals(watchers.get("a").state()));
    }
  }

  private void awaitLeads(String name) {
    Await.until(
        name + " leads: " + watchers.get(name).trouble(),
        Watchers.SOON,
        () -> watchers.get(name).leads());
  }

  @Test
  void theOneThatIsLeftGoesOnWithAllThatItHad() throws Exception {
    watchers.startAll();
    watchers.committed("a", OneOfEach.entries());
    String left = watchers.follower();
    Await.until(
        "it has it all", Watchers.SOON, () -> watchers.get(left).state().equals(OneOfEach.state()));
    leave(left);

    watchers.alone(left);
    awaitLeads(left);

    State now = watchers.get(left).state();
    Parting parting = now.partings().get(1);
    assertThat(parting.watcher()).isEqualTo(left);
    assertThat(parting.by()).isEqualTo(Watchers.ENGINEER);
    Entry went = new Entry.WentAlone(parting.at(), parting);
    assertThat(now).isEqualTo(State.evolve(OneOfEach.state(), went));
    assertThat(now.mode()).isEqualTo(Rules.Mode.MANUAL);
    assertThat(now.openPlans()).as("what was begun is gone on with").hasSize(3);
    assertThat(watchers.get(left).standing().members()).containsExactly(left);

    assertThat(watchers.committed(left, note("alone")).partings()).hasSize(2);
    watchers.stop(left);
    watchers.start(left);
    awaitLeads(left);
    assertThat(watchers.get(left).state()).isEqualTo(now);
    assertThat(Watchers.notes(watchers.get(left))).endsWith("alone");
  }

  @Test
  void whatItHadNotCommittedMayHaveBeenBegunSoItIsKept() throws Exception {
    watchers.startAll();
    String left = watchers.leader();
    watchers.stop(others(left).get(0));
    List<CompletionStage<State>> asked = new ArrayList<>();
    AtomicBoolean lost = new AtomicBoolean();
    Thread asking =
        new Thread(
            () -> {
              while (!lost.get()) {
                asked.add(watchers.get(left).append(note("note " + asked.size())));
                Await.pause(Duration.ofMillis(5));
              }
            });
    asking.start();
    watchers.stop(others(left).get(1));
    watchers.awaitLeaderless(left);
    lost.set(true);
    asking.join();
    int committed = Watchers.notes(watchers.get(left)).size();

    watchers.alone(left);
    awaitLeads(left);

    List<String> notes = Watchers.notes(watchers.get(left));
    assertThat(notes).hasSizeGreaterThan(committed).doesNotHaveDuplicates();
    for (int i = 0; i < notes.size(); i++) {
      assertThat(notes.get(i)).isEqualTo("note " + i);
    }
  }

  @Test
  void itIsRefusedWhileThereIsAMajority() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("first"));
    for (String name : Watchers.NAMES) {
      assertThat(watchers.goOnAlone(name)).contains("There is a majority", "leads");
    }
    watchers.stop(watchers.follower());
    String left = watchers.follower();
    assertThat(watchers.goOnAlone(left)).contains("There is a majority");

    String leader = watchers.leader();
    watchers.stop(leader);
    Await.until(
        "nobody leads", Watchers.SOON, () -> watchers.get(left).trouble().contains("no leader"));
    assertThat(watchers.goOnAlone(left)).contains("Ask again when 5 s have passed");
    watchers.start(leader);
    watchers.leader();
    watchers.committed(left, note("second"));
  }

  @Test
  void itIsRefusedWhileItDoesNotBelong() throws Exception {
    watchers.start("b");
    assertThat(watchers.goOnAlone("b")).contains("has no journal that it could go on with");
  }

  @Test
  void theOthersStopAsSoonAsTheyComeBackAndAreTakenInWithEmptyDirectories() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("together"));
    watchers.awaitNotes(List.of("together"));
    String left = watchers.follower();
    leave(left);
    watchers.alone(left);
    awaitLeads(left);
    watchers.committed(left, note("alone"));

    for (String other : others(left)) {
      watchers.start(other);
    }
    for (String other : others(left)) {
      Await.until(
          other + " stops",
          Watchers.SOON,
          () -> {
            assertThat(watchers.get(other).leads()).as("%s acts", other).isFalse();
            return watchers.fatal().stream().anyMatch(why -> why.startsWith(other));
          });
      assertThat(watchers.awaitStopped(other, "has ended"))
          .contains(
              "engineer by cli had " + left + " go on alone",
              "before-images.json",
              "start with an empty one");
      assertThatThrownBy(() -> watchers.start(other))
          .isInstanceOf(JournalRefused.class)
          .hasMessageContaining("has ended");
    }
    assertThat(watchers.get(left).standing().apart()).hasSize(2).allMatch(s -> s.contains("empty"));
    awaitLeads(left);
    State whatItHad = watchers.get(left).state();

    String again = others(left).get(0);
    Path before = copy(watchers.directory(again), directory.resolve("before"));
    for (String other : others(left)) {
      watchers.wipe(other);
      watchers.start(other);
    }
    watchers.awaitTogether();
    awaitAlike("three again");
    assertThat(watchers.get(again).state()).isEqualTo(whatItHad);
    assertThat(watchers.get(left).standing().apart()).isEmpty();

    // and nobody is needed of those who were there
    watchers.stop(left);
    watchers.stop(again);
    watchers.wipe(again);
    copy(before, watchers.directory(again));
    remark(
        watchers.directory(again),
        m ->
            new JournalDirectory.Marker(
                m.journal(), m.watcher(), m.complete(), m.peer(), m.alone(), null));
    watchers.start(again);
    assertThat(watchers.awaitStopped(again, "has ended")).contains("had " + left + " go on alone");
  }

  @Test
  void whatTheOthersDidMeanwhileDoesNotCount() throws Exception {
    watchers.startAll();
    Estate leased = Offices.accountants().with(Movings.leased("a", "b"));
    watchers.committed("a", List.of(new Entry.SettingsAccepted(OneOfEach.AT, "a", "5f", leased)));
    String left = watchers.follower();
    Await.until("it has it", Watchers.SOON, () -> watchers.get(left).state().lease().isPresent());
    leave(left);
    watchers.alone(left);
    awaitLeads(left);
    State before = watchers.get(left).state();
    watchers.stop(left);

    // the risk: two that reach only each other go on as well
    others(left).forEach(watchers::start);
    String other = watchers.leader();
    assertThat(before.lease()).contains(Lease.first(Offices.PRIMARY));
    watchers.committed(
        other,
        List.of(
            OneOfEach.noted("by the others"),
            new Entry.LeaseRenewed(OneOfEach.AT, 1, "theirs", true),
            new Entry.LeasePassed(OneOfEach.AT, Epoch.NONE, 1, Offices.STANDBY)));
    assertThat(watchers.get(other).state().lease()).isNotEqualTo(before.lease());

    watchers.start(left);
    others(left).forEach(name -> watchers.awaitStopped(name, "has ended"));
    awaitLeads(left);
    assertThat(watchers.get(left).state()).isEqualTo(before);
    assertThat(Watchers.notes(watchers.get(left))).doesNotContain("by the others");
  }

  @Test
  void twoThatBothWentOnAloneRefuseEachOther() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("together"));
    watchers.awaitNotes(List.of("together"));
    leave("a");
    watchers.alone("a");
    awaitLeads("a");
    watchers.stop("a");
    watchers.start("b");
    watchers.awaitLeaderless("b");
    watchers.alone("b");
    awaitLeads("b");

    watchers.start("a");
    awaitLeads("a");
    for (String name : List.of("a", "b")) {
      String other = name.equals("a") ? "b" : "a";
      Await.until(
          name + " says so",
          Watchers.SOON,
          () -> watchers.get(name).standing().apart().size() == 1);
      assertThat(watchers.get(name).standing().apart().get(0))
          .startsWith(other + " has gone on alone as well (engineer by cli, ")
          .contains("Decide which one is to go on");
      watchers.committed(name, note("by " + name));
      assertThat(watchers.get(name).standing().members()).containsExactly(name);
    }
    assertThat(Watchers.notes(watchers.get("a"))).containsExactly("together", "by a");
    assertThat(Watchers.notes(watchers.get("b"))).containsExactly("together", "by b");

    watchers.start("c");
    watchers.awaitStopped("c", "has ended");
    watchers.wipe("c");
    watchers.start("c");
    Await.until(
        "c waits for a person",
        Watchers.SOON,
        () -> watchers.get("c").trouble().contains("keep different journals"));
    watchers.stop("b");
    watchers.wipe("b");
    watchers.start("b");
    watchers.awaitTogether();
    awaitAlike("three again");
  }

  @Test
  void doneTwiceItIsRefusedUntilAMajorityIsLostAgain() throws Exception {
    watchers.startAll();
    watchers.committed("a", note("together"));
    watchers.awaitNotes(List.of("together"));
    leave("a");
    watchers.alone("a");
    awaitLeads("a");
    assertThat(watchers.goOnAlone("a")).contains("a leads");

    watchers.wipe("b");
    watchers.start("b");
    Await.until(
        "b is taken in",
        Watchers.SOON,
        () -> watchers.get("a").standing().members().equals(List.of("a", "b")));
    watchers.leader();
    watchers.committed("b", note("of two"));
    Await.until(
        "a has it", Watchers.SOON, () -> Watchers.notes(watchers.get("a")).contains("of two"));
    watchers.stop("a");
    watchers.awaitLeaderless("b");
    watchers.alone("b");
    awaitLeads("b");
    assertThat(watchers.get("b").state().partings())
        .extracting(Parting::watcher)
        .containsExactly("a", "b");

    watchers.start("a");
    watchers.awaitStopped("a", "had b go on alone");
    // c still has the very first journal
    watchers.start("c");
    watchers.awaitStopped("c", "had a go on alone");
  }

  @Test
  void killedAtAnyStepOfItItGoesOnAlone() throws Exception {
    watchers.startAll();
    watchers.committed("a", OneOfEach.entries());
    String left = watchers.follower();
    Await.until(
        "it has it all", Watchers.SOON, () -> watchers.get(left).state().equals(OneOfEach.state()));
    leave(left);
    assertThat(watchers.goOnAlone(left)).isEmpty();
    watchers.awaitStopped(left, "has this watcher go on alone");
    Path marked = watchers.directory(left);
    JournalDirectory.Marker marker = marker(marked);
    Path before = Path.of("raft", marker.unrecorded().orElseThrow().ended().toString());
    Path after = Path.of("raft", Objects.requireNonNull(marker.journal()).toString());
    Path membership = after.resolve("current").resolve("raft-meta.conf");
    assertThat(marked.resolve(before)).isDirectory();
    assertThat(marked.resolve(after)).doesNotExist();

    Path renamed = copy(marked, directory.resolve("renamed").resolve(left));
    Files.move(renamed.resolve(before), renamed.resolve(after));
    // Ratis puts this back while it applies the log up to there
    byte[] ofThree = Files.readAllBytes(renamed.resolve(membership));
    Path struckOut = copy(renamed, directory.resolve("struck-out").resolve(left));
    new SoleMember(struckOut.resolve(after))
        .write(Transport.peer(RaftPeerId.valueOf(marker.id()), watchers.group(left, keys).here()));
    for (Path step : List.of(marked, renamed, struckOut)) {
      Path told = unrecorded(goesOn(step, left));
      goesOn(told, left);
      Files.write(told.resolve(membership), ofThree);
      goesOn(told, left);
    }
  }

  /** Opens a copy of that directory, sees that it is whole, and returns the copy, closed. */
  private Path goesOn(Path own, String name) throws Exception {
    Path root = directory.resolve(UUID.randomUUID().toString());
    Path opened = copy(own, root.resolve(name));
    try (Watchers one = new Watchers(root, keys)) {
      Journal journal = one.start(name);
      Await.until(own + " goes on: " + journal.trouble(), Watchers.SOON, journal::leads);
      State state = journal.state();
      assertThat(state.partings()).hasSize(2);
      Parting parting = state.partings().get(1);
      assertThat(state)
          .isEqualTo(State.evolve(OneOfEach.state(), new Entry.WentAlone(parting.at(), parting)));
      assertThat(journal.standing().members()).containsExactly(name);
      assertThat(one.committed(name, note("alone")).partings()).hasSize(2);
      Await.until(
          "the marker knows that the journal tells of it",
          Watchers.SOON,
          () -> marker(opened).unrecorded().isEmpty());
      assertThat(one.fatal()).isEmpty();
    }
    return opened;
  }

  private static Path unrecorded(Path own) throws IOException {
    return remark(
        own,
        m ->
            new JournalDirectory.Marker(
                m.journal(),
                m.watcher(),
                m.complete(),
                m.peer(),
                new JournalDirectory.Alone(Objects.requireNonNull(m.alone()).parting(), false),
                null));
  }

  private static JournalDirectory.Marker marker(Path own) {
    return new JsonMapper()
        .readValue(own.resolve("journal.marker").toFile(), JournalDirectory.Marker.class);
  }

  private static Path remark(Path own, UnaryOperator<JournalDirectory.Marker> change)
      throws IOException {
    Files.write(
        own.resolve("journal.marker"),
        new JsonMapper().writeValueAsBytes(change.apply(marker(own))));
    return own;
  }

  private static Path copy(Path from, Path to) throws IOException {
    FileSystemUtils.copyRecursively(from, to);
    return to;
  }
}
