package org.linekeeper.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServerConfigKeys.Log.CorruptionPolicy;
import org.apache.ratis.server.raftlog.segmented.LogSegment;
import org.apache.ratis.server.raftlog.segmented.LogSegmentPath;
import org.apache.ratis.util.SizeInBytes;
import org.jspecify.annotations.Nullable;

/**
 * Strikes all others out of a journal that is not running, as Ratis' own tool {@code raftMetaConf}
 * does. Of the configurations in the log and the one in {@code raft-meta.conf} Ratis takes the one
 * with the highest index (ConfigurationManager, 3.3), so this one comes right after the log's end:
 * there this watcher, as soon as it leads, writes the same.
 *
 * <p>Until then it has to be written at each start: while Ratis applies the log it replaces that
 * file by each older configuration that it comes by.
 */
final class SoleMember {
  private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.[0-9]+_([0-9]+)");

  private final Path group;

  /**
   * @param group the directory that Ratis keeps for the journal
   */
  SoleMember(Path group) {
    this.group = group;
  }

  /**
   * @throws IOException if the log cannot be read, or this not be written; it can be done again
   */
  void write(RaftPeer self) throws IOException {
    LogEntryProto configuration =
        LogEntryProto.newBuilder()
            .setIndex(last() + 1)
            .setConfigurationEntry(
                RaftConfigurationProto.newBuilder().addPeers(self.getRaftPeerProto()))
            .build();
    DurableFile.replace(
        group.resolve("current").resolve("raft-meta.conf"), configuration.toByteArray());
  }

  /** The index of the last entry, committed or not, or of the snapshot if there is none after. */
  private long last() throws IOException {
    AtomicLong last = new AtomicLong(-1);
    for (Path file : list(group.resolve("current"))) {
      @Nullable LogSegmentPath segment = LogSegmentPath.matchLogSegment(file);
      if (segment != null) {
        LogSegment.readSegmentFile(
            file.toFile(),
            segment.getStartEnd(),
            SizeInBytes.valueOf(Payload.LARGEST),
            CorruptionPolicy.EXCEPTION,
            null,
            entry -> last.accumulateAndGet(entry.getIndex(), Math::max));
      }
    }
    for (Path file : list(group.resolve("sm"))) {
      Matcher snapshot = SNAPSHOT.matcher(file.getFileName().toString());
      if (snapshot.matches()) {
        last.accumulateAndGet(Long.parseLong(snapshot.group(1)), Math::max);
      }
    }
    return last.get();
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
