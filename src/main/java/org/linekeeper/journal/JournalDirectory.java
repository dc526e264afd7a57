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
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
   */
  record Marker(@Nullable UUID journal, String watcher, boolean complete, @Nullable String peer) {
    String id() {
      return peer == null ? watcher : peer;
    }
  }

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

  Marker marker() {
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
  void complete(UUID journal) {
    if (!marker.complete()) {
      marker = new Marker(journal, marker.watcher(), true, marker.peer());
      try {
        write(path, marker);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
        ? new Marker(null, watcher, false, watcher + "." + life)
        : new Marker(UUID.randomUUID(), watcher, false, watcher);
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
