package org.linekeeper.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records as people read them: one line of JSON each, in {@code history.jsonl} and the older
 * {@code history-NUMBER.jsonl}. Snapshots do not reach these files, so they go further back than
 * Ratis' log.
 *
 * <p>A record is written here after it is committed and before anybody is told. So when the log
 * ends before the history does, the log has lost what somebody was told is safe. No fsync: after a
 * power cut the history may lag, and then proves less, but nothing wrong.
 */
final class History implements AutoCloseable {
  private static final long LARGEST_FILE = 8 << 20;
  private static final Duration LONGEST_FILE = Duration.ofDays(30);

  /** 256 MB: a fault that writes all day and night must not fill the disk that the log needs. */
  private static final int MOST_FILES = 32;

  private static final int MOST_UNWRITTEN = 4 << 20;

  private final Path file;
  private final EntryCodec codec;
  private final InstantSource clock;
  private final Duration kept;
  private final Ring ring = new Ring();
  private FileChannel channel;
  private volatile long last;
  private String unwritten = "";
  private Optional<Instant> begin = Optional.empty();
  private volatile String trouble = "";

  private History(Path file, EntryCodec codec, InstantSource clock, Duration kept)
      throws IOException {
    this.file = file;
    this.codec = codec;
    this.clock = clock;
    this.kept = kept;
    this.channel = channel(file);
  }

  static History open(Path file, EntryCodec codec, InstantSource clock, Duration kept)
      throws IOException {
    History history = new History(file, codec, clock, kept);
    history.load();
    history.deleteOld();
    return history;
  }

  /** The place of the last record known; 0 for none. */
  long last() {
    return last;
  }

  /** Adds what is not there yet: a replay after a restart brings records that are. */
  void add(List<Recorded> records) {
    StringBuilder text = new StringBuilder();
    for (Recorded record : records) {
      if (record.number() > last) {
        String line = codec.line(record);
        ring.add(line);
        text.append(line).append('\n');
        last = record.number();
        begin = begin.or(() -> Optional.of(record.entry().at()));
      }
    }
    if (!text.isEmpty()) {
      write(text.toString());
    }
  }

  /** The newest first. */
  List<Recorded> latest(int most) {
    return ring.latest(most).stream().map(codec::recorded).toList();
  }

  /** Why records are missing in the files; empty text if none are. */
  String trouble() {
    return trouble;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** A commit counts whether or not its line can be written: the log has it. */
  private void write(String text) {
    unwritten += text;
    String rotation = rotateIfDue();
    try {
      ByteBuffer bytes = ByteBuffer.wrap(unwritten.getBytes(StandardCharsets.UTF_8));
      long begin = channel.size();
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException e) {
        channel.truncate(begin); // no half lines
        throw e;
      }
      unwritten = "";
      trouble = rotation;
    } catch (IOException e) {
      trouble = "Records are missing in " + file.getFileName() + ": " + e.getMessage() + ".";
      unwritten = unwritten.length() > MOST_UNWRITTEN ? "" : unwritten;
    }
  }

  /** Why it could not be done; empty text if all is well. Then the old file goes on. */
  private String rotateIfDue() {
    try {
      rotate();
      return "";
    } catch (IOException e) {
      return "No new " + file.getFileName() + " can be begun: " + e.getMessage() + ".";
    }
  }

  private void rotate() throws IOException {
    boolean old = begin.filter(at -> at.plus(LONGEST_FILE).isBefore(clock.instant())).isPresent();
    if (channel.size() < LARGEST_FILE && !old) {
      return;
    }
    if (Files.exists(file)) {
      Files.move(file, file.resolveSibling("history-%012d.jsonl".formatted(last)));
    }
    // The old one stays open until there is a new one: records must go somewhere.
    FileChannel next = channel(file);
    channel.close();
    channel = next;
    begin = Optional.empty();
    deleteOld();
  }

  private void deleteOld() throws IOException {
    Instant oldest = clock.instant().minus(kept);
    List<Path> files = rotated();
    int tooMany = files.size() - MOST_FILES;
    for (Path rotated : files) {
      if (files.indexOf(rotated) < tooMany
          || Files.getLastModifiedTime(rotated).toInstant().isBefore(oldest)) {
        Files.delete(rotated);
      }
    }
  }

  private void load() throws IOException {
    for (Path rotated : latestTwo(rotated())) {
      Files.readAllLines(rotated).forEach(this::loaded);
    }
    dropTornLine();
    List<String> lines = Files.readAllLines(file);
    lines.forEach(this::loaded);
    begin = lines.stream().findFirst().map(codec::recorded).map(first -> first.entry().at());
  }

  private void loaded(String line) {
    ring.add(line);
    last = Math.max(last, EntryCodec.place(line));
  }

  private List<Path> rotated() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    try (Stream<Path> files = directory == null ? Stream.of() : Files.list(directory)) {
      return files
          .filter(path -> path.getFileName().toString().matches("history-[0-9]+\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  /** Enough to fill the ring. */
  private static List<Path> latestTwo(List<Path> files) {
    return new ArrayList<>(files.subList(Math.max(0, files.size() - 2), files.size()));
  }

  /** A power cut can leave half a line at the end; its record is in the log. */
  private void dropTornLine() throws IOException {
    byte[] content = Files.readAllBytes(file);
    int end = content.length;
    while (end > 0 && content[end - 1] != '\n') {
      end--;
    }
    if (end < content.length) {
      channel.truncate(end);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return OwnerOnly.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }
}
