package org.linekeeper.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linekeeper.state.Parting;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The journal's directory, held by one process at a time. A marker beside Ratis' files says which
 * journal belongs here: Ratis itself would take a wiped directory for a new one, forget every
 * decision, and later vote as if it had never promised anything.
 */
final class JournalDirectory implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What belongs in the directory.
   *
   * @param journal the journal's own name, Ratis' group; null until a watcher that has others knows
   *     which journal they keep
   * @param watcher who made it
   * @param complete false until the journal has been started once
   * @param peer Ratis' peer, even if the watcher is renamed later; null in directories from before
   *     there were groups, whose peer is the watcher. One that begins with an empty directory is
   *     another peer than it was: what it had promised as the old one is forgotten
   * @param alone that this watcher went on alone with it; null if it never did
   * @param ended that another watcher went on alone from it, which was learnt; null if not
   */
  record Marker(
      @Nullable UUID journal,
      String watcher,
      boolean complete,
      @Nullable String peer,
      @Nullable Alone alone,
      @Nullable Parting ended) {
    static Marker first(@Nullable UUID journal, String watcher, String peer) {
      return new Marker(journal, watcher, false, peer, null, null);
    }

    String id() {
      return peer == null ? watcher : peer;
    }

    /** The parting that the journal does not tell of itself yet. */
    Optional<Parting> unrecorded() {
      return alone == null || alone.recorded ? Optional.empty() : Optional.of(alone.parting);
    }

    private Marker complete(UUID of) {
      return new Marker(of, watcher, true, peer, alone, ended);
    }

    private Marker with(@Nullable Alone going, @Nullable Parting end) {
      return new Marker(journal, watcher, complete, peer, going, end);
    }
  }

  /**
   * How this watcher came to go on alone.
   *
   * @param parting from the journal that it kept with others, whose log this one begins with
   * @param recorded whether this journal tells of it by now. Until then the others are struck out
   *     of it again at each start
   */
  record Alone(Parting parting, boolean recorded) {}

  private final Path path;
  private final FileChannel lockFile;
  private Marker marker;

  private JournalDirectory(Path path, FileChannel lockFile, Marker marker) {
    this.path = path;
    this.lockFile = lockFile;
    this.marker = marker;
  }

  static JournalDirectory open(Path path, String watcher, boolean others) {
    try {
      OwnerOnly.make(path);
      FileChannel lockFile = lock(path);
      try {
        JournalDirectory directory =
            new JournalDirectory(path, lockFile, marker(path, watcher, others));
        directory.refuseIfEnded();
        directory.carryOver();
        directory.check();
        return directory;
      } catch (RuntimeException | IOException e) {
        lockFile.close();
        throw e;
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static JournalRefused unusable(Path path, IOException why) {
    return new JournalRefused(
        "The journal directory " + path + " cannot be used: " + why + ".",
        "Let Linekeeper's user own that directory, on a disk that can be written and has room.",
        why);
  }

  /**
   * Makes it ready to be written: only now, since one that is refused is left as it was found, and
   * since a full disk must have been given its reserve. What cannot take a small file now would
   * take Ratis' vote as an empty one.
   */
  JournalDirectory ready() {
    try {
      tighten();
      write(path, marker);
      return this;
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  synchronized Marker marker() {
    return marker;
  }

  Path raft() {
    return path.resolve("raft");
  }

  Path history() {
    return path.resolve("history.jsonl");
  }

  Path beforeImages() {
    return path.resolve("before-images.json");
  }

  Path reserve() {
    return path.resolve("reserve");
  }

  /** From here on, missing files mean that they were lost. */
  synchronized void complete(UUID journal) {
    if (!marker.complete()) {
      mark(marker.complete(journal));
    }
  }

  /**
   * From the next start on a journal of that name is kept here, which begins with all that is in
   * the present one. Once this returns it is so, whatever happens; if it throws, nothing is known.
   */
  synchronized void goOnAlone(UUID journal, Parting parting) {
    mark(marker.complete(journal).with(new Alone(parting, false), null));
  }

  /** The journal itself tells that this watcher went on alone. */
  synchronized void recorded() {
    Optional<Parting> parting = marker.unrecorded();
    if (parting.isPresent()) {
      mark(marker.with(new Alone(parting.get(), true), null));
    }
  }

  /** Another watcher went on alone from the journal that is kept here: it is not started again. */
  synchronized void end(Parting parting) {
    mark(marker.with(marker.alone(), parting));
  }

  private void mark(Marker next) {
    try {
      write(path, next);
      marker = next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseIfEnded() {
    if (marker.ended() != null) {
      throw ended(marker.ended());
    }
  }

  /** What is said when another watcher went on alone from the journal that is kept here. */
  JournalRefused ended(Parting parting) {
    return new JournalRefused(
        "The journal in "
            + path
            + " has ended: at "
            + parting.at()
            + " "
            + parting.by()
            + " had "
            + parting.watcher()
            + " go on alone with a copy of it. What was recorded here since counts for nothing"
            + " there; history.jsonl says what that was, and before-images.json how numbers that"
            + " were moved had been.",
        "Look at the page of "
            + parting.watcher()
            + " for what is in force, stop this Linekeeper, move the directory away, and start with"
            + " an empty one: it is taken in.");
  }

  /** Ratis' files go by the name of the journal; a start that was killed here does it again. */
  private void carryOver() throws IOException {
    Optional<Parting> parting = marker.unrecorded();
    if (parting.isEmpty() || marker.journal() == null) {
      return;
    }
    Path before = raft().resolve(parting.get().ended().toString());
    if (Files.isDirectory(before)) {
      Files.move(
          before, raft().resolve(marker.journal().toString()), StandardCopyOption.ATOMIC_MOVE);
      DurableFile.sync(raft());
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check() throws IOException {
    List<String> found = found();
    UUID journal = marker.journal();
    boolean ours = journal == null ? found.size() == 1 : found.contains(journal.toString());
    if (found.size() > (ours ? 1 : 0)) {
      throw new JournalRefused(
          "The directory " + raft() + " holds another journal than " + path + " is marked for.",
          "Put the right directory back, or start with an empty one.");
    }
    if (!ours && marker.complete()) {
      throw new JournalRefused(
          "The directory " + raft() + " is empty, but a journal was kept there.",
          "Find out who removed it, and restore it from a backup; is its disk mounted?");
    }
  }

  /** Ratis makes its files as the process does; nobody else gets into their directory. */
  private void tighten() throws IOException {
    Files.createDirectories(raft());
    OwnerOnly.tighten(raft());
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.filter(JournalDirectory::written).toList()) {
        OwnerOnly.tighten(entry);
      }
    }
  }

  private static boolean written(Path entry) {
    return entry
        .getFileName()
        .toString()
        .matches("lock|journal\\.marker|history(-[0-9]+)?\\.jsonl|before-images\\.json");
  }

  private List<String> found() throws IOException {
    if (!Files.isDirectory(raft())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(raft())) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .toList();
    }
  }

  private static Marker marker(Path path, String watcher, boolean others) throws IOException {
    Path file = path.resolve("journal.marker");
    if (Files.exists(file)) {
      try {
        return JSON.readValue(Files.readAllBytes(file), Marker.class);
      } catch (JacksonException e) {
        throw new JournalRefused(
            "The file " + file + " cannot be read.", "Restore it from a backup.", e);
      }
    }
    String life = UUID.randomUUID().toString().substring(0, 8);
    return others
        ? Marker.first(null, watcher, watcher + "." + life)
        : Marker.first(UUID.randomUUID(), watcher, watcher);
  }

  private static void write(Path path, Marker marker) throws IOException {
    DurableFile.replace(path.resolve("journal.marker"), JSON.writeValueAsBytes(marker));
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        OwnerOnly.open(
            path.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!locked(channel)) {
      ByteBuffer holder = ByteBuffer.allocate(40);
      channel.read(holder, 0);
      channel.close();
      throw new JournalRefused(
          "The journal directory "
              + path
              + " is in use by process "
              + new String(holder.array(), 0, holder.position(), StandardCharsets.UTF_8)
              + ": Linekeeper is running there already.",
          "Use the one that is running (this one was not needed), or stop it first.");
    }
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    // In this order: on a full disk there is room only for what was there before.
    channel.write(ByteBuffer.wrap(pid), 0);
    channel.truncate(pid.length);
    return channel;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it open a second time
    }
  }
}
