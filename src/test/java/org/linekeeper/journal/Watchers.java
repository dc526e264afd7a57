package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.linekeeper.lab.Await;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** Three watchers on this machine that keep one journal, each in a directory of its own. */
final class Watchers implements AutoCloseable {
  static final List<String> NAMES = List.of("a", "b", "c");

  /** The first time a JVM does all this it takes a while; so does a busy machine. */
  static final Duration SOON = Duration.ofSeconds(20);

  /** As soon as in an office on a machine of one's own; later where tests share two processors. */
  private static final Duration COMMIT = Duration.ofSeconds(8);

  static final Actor ENGINEER = new Actor(Actor.Door.CLI, "engineer");

  private final Path directory;
  private final Path keys;
  private final Map<String, JournalGroup.Seat> seats = new LinkedHashMap<>();
  private final SortedMap<String, Journal> running = new TreeMap<>();
  private final List<String> fatal = new CopyOnWriteArrayList<>();

  /** Keys for all of them, which take seconds to be made. */
  static void keys(Path keys) throws IOException {
    Map<String, String> hosts = new LinkedHashMap<>();
    NAMES.forEach(name -> hosts.put(name, "127.0.0.1"));
    PeerKeys.make(keys, hosts);
  }

  /** Starts none. */
  Watchers(Path directory, Path keys) throws IOException {
    this.directory = directory;
    this.keys = keys;
    for (String name : NAMES) {
      try (ServerSocket free = new ServerSocket(0)) {
        seats.put(name, seat(name, free.getLocalPort()));
      }
    }
  }

  static JournalGroup.Seat seat(String name, int port) {
    return new JournalGroup.Seat(name, "127.0.0.1", port, NAMES.size() - NAMES.indexOf(name));
  }

  Path directory(String name) {
    return directory.resolve(name);
  }

  JournalGroup group(String name, Path keys) {
    return group(name, seats.values(), keys);
  }

  /** {@code a} is the one that begins. */
  static JournalGroup group(String name, Collection<JournalGroup.Seat> seats, Path keys) {
    List<JournalGroup.Seat> others = new ArrayList<>(seats);
    others.removeIf(seat -> seat.watcher().equals(name));
    JournalGroup.Seat here =
        seats.stream().filter(seat -> seat.watcher().equals(name)).findFirst().orElseThrow();
    return new JournalGroup(
        here,
        others,
        PeerKeys.of(keys, name),
        name.equals("a"),
        Optional.of(here.host()),
        here.port());
  }

  Journal start(String name) {
    return start(name, keys);
  }

  Journal start(String name, Path keys) {
    Journal journal =
        RatisJournal.open(
            JournalSettings.alone(name, directory(name))
                .with(group(name, keys))
                .withCommitDeadline(COMMIT),
            InstantSource.system(),
            Ticker.system(),
            why -> fatal.add(name + ": " + why));
    running.put(name, journal);
    return journal;
  }

  void startAll() {
    NAMES.forEach(this::start);
    awaitTogether();
  }

  void awaitTogether() {
    try {
      Await.until(
          "all belong and know who leads",
          SOON,
          () -> running.values().stream().allMatch(Watchers::settled));
    } catch (AssertionError late) {
      throw new AssertionError(standings().toString(), late);
    }
  }

  private static boolean settled(Journal journal) {
    Standing standing = journal.standing();
    return standing.members().equals(NAMES)
        && (standing.leads() || standing.leader().isPresent())
        && journal.trouble().isEmpty();
  }

  private List<String> standings() {
    return running.entrySet().stream()
        .map(
            each ->
                each.getKey() + " " + each.getValue().standing() + " " + each.getValue().trouble())
        .toList();
  }

  void stop(String name) {
    Objects.requireNonNull(running.remove(name)).close();
  }

  /** Has that one go on alone, and starts it again as its service manager does. */
  void alone(String name) throws Exception {
    assertThat(goOnAlone(name)).isEmpty();
    awaitStopped(name, "has this watcher go on alone");
    start(name);
  }

  String goOnAlone(String name) throws Exception {
    return get(name)
        .goOnAlone(ENGINEER)
        .toCompletableFuture()
        .get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** Waits until nobody of those that run has been led for long enough. */
  void awaitLeaderless(String name) {
    Await.until(
        name + " may go on alone",
        SOON.plus(Lookout.LEADERLESS),
        () ->
            get(name)
                .whyNotAlone()
                .toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join()
                .isEmpty());
  }

  /** Waits until its process would have ended with these words, and ends it. */
  String awaitStopped(String name, String... words) {
    String said =
        Await.value(
            name + " ends",
            SOON,
            () -> fatal.stream().filter(why -> why.startsWith(name + ": ")).findFirst());
    assertThat(said).containsAnyOf(words);
    fatal.remove(said);
    stop(name);
    return said;
  }

  /** As after a disk was replaced. */
  void wipe(String name) {
    try (Stream<Path> files = Files.walk(directory(name))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Journal get(String name) {
    return Objects.requireNonNull(running.get(name));
  }

  /** Waits until one leads. */
  String leader() {
    return Await.value(
        "one leads: " + standings(),
        SOON,
        () ->
            running.entrySet().stream()
                .filter(each -> each.getValue().leads())
                .map(Map.Entry::getKey)
                .findFirst());
  }

  String follower() {
    leader();
    return running.entrySet().stream()
        .filter(each -> !each.getValue().leads())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Appended by that watcher, whoever leads. */
  State committed(String name, List<Entry> entries) throws Exception {
    return get(name).append(entries).toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** Renewed by that watcher, whoever leads. */
  Counted renewed(String name, long lease, String renewal) throws Exception {
    return get(name)
        .renew(new Entry.LeaseRenewed(OneOfEach.AT, lease, renewal, false))
        .toCompletableFuture()
        .get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** Every one of them has exactly these notes, in this order. */
  void awaitNotes(List<String> notes) {
    running.forEach(
        (name, journal) ->
            Await.until(
                name + " has " + notes + " and not " + notes(journal),
                SOON,
                () -> notes(journal).equals(notes)));
  }

  static List<String> notes(Journal journal) {
    List<String> notes = new ArrayList<>();
    for (Recorded record : journal.latest(10_000)) {
      if (record.entry() instanceof Entry.Noted noted) {
        notes.add(0, noted.text());
      }
    }
    return notes;
  }

  List<String> fatal() {
    return fatal;
  }

  @Override
  public void close() {
    running.values().parallelStream().forEach(Journal::close);
  }
}
