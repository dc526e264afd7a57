package org.linekeeper.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** One Ratis server in a group of one, set up so that none of its defaults surprises anybody. */
final class RatisNode implements AutoCloseable {
  /** Log entries between snapshots; also about how many a restart replays. */
  private static final long SNAPSHOT_EVERY = 1_000;

  /** A hung disk must not keep the process from ending. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final RaftServer server;
  private final RaftGroupId group;
  private final ClientId client = ClientId.randomId();

  private RatisNode(RaftServer server, RaftGroupId group) {
    this.server = server;
    this.group = group;
  }

  /**
   * @throws IOException if what is there cannot be read
   */
  static RatisNode start(JournalDirectory directory, EntryMachine machine) throws IOException {
    letNobodyEndTheProcess();
    JournalDirectory.Marker marker = directory.marker();
    RaftPeerId id = RaftPeerId.valueOf(marker.watcher());
    RaftGroupId group = RaftGroupId.valueOf(marker.journal());
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(id)
            .setGroup(RaftGroup.valueOf(group, RaftPeer.newBuilder().setId(id).build()))
            .setStateMachine(machine)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setProperties(properties(directory.raft()))
            .build();
    server.start();
    return new RatisNode(server, group);
  }

  /**
   * Hands bytes over for the log.
   *
   * @param call a request sent again with the same number is carried out once
   * @return the answer, which may be a refusal; never completes if the disk hangs
   */
  CompletableFuture<RaftClientReply> submit(long call, byte[] bytes) throws IOException {
    return server.submitClientRequestAsync(
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(group)
            .setCallId(call)
            .setMessage(Message.valueOf(ByteString.copyFrom(bytes)))
            .setType(RaftClientRequest.writeRequestType())
            .build());
  }

  /** Whether the server lives. A closed one goes on calling itself leader, so do not ask that. */
  boolean alive() {
    try {
      return server.getLifeCycleState() == LifeCycle.State.RUNNING
          && server.getDivision(group).getInfo().isAlive();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a write would be taken now. */
  boolean ready() {
    try {
      return server.getDivision(group).getInfo().isLeaderReady();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Writes a snapshot and ends, which takes up to a second.
   *
   * @throws IllegalStateException if that fails or takes too long; what was acknowledged is safe
   */
  @Override
  public void close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Threads.named("journal-close")
        .newThread(
            () -> {
              try {
                server.close();
                closed.complete(null);
              } catch (IOException | RuntimeException e) {
                closed.completeExceptionally(e);
              }
            })
        .start();
    try {
      closed.get(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException("Ratis did not close; what was acknowledged is safe", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ratis ends the process at any uncaught exception of any thread, anybody's, unless told. */
  private static void letNobodyEndTheProcess() {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    ExitUtils.disableSystemExit();
    ExitUtils.setTerminateOnUncaughtException(false);
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private static RaftProperties properties(Path directory) {
    RaftProperties properties = new RaftProperties();
    properties.set(RaftConfigKeys.Rpc.TYPE_KEY, NoPeers.class.getName());
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
    // By default a process that was suspended for a minute closes its server for good.
    RaftServerConfigKeys.setCloseThreshold(properties, duration(Duration.ofDays(3_650)));
    log(properties);
    snapshots(properties);
    elections(properties);
    return properties;
  }

  private static void log(RaftProperties properties) {
    SizeInBytes largest = SizeInBytes.valueOf(Payload.LARGEST);
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, largest);
    RaftServerConfigKeys.Log.setWriteBufferSize(
        properties, SizeInBytes.valueOf(Payload.LARGEST + 1024));
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("8MB"));
    RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("4MB"));
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SizeInBytes.valueOf("16MB"));
    RaftServerConfigKeys.Log.setCorruptionPolicy(
        properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
    RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
    // A group of one commits all that is in its log at a start: a second fsync after each entry, to
    // remember how far it was, would only be in the next one's way.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    RaftServerConfigKeys.ThreadPool.setClientSize(properties, 2);
  }

  private static void snapshots(RaftProperties properties) {
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
    RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, SNAPSHOT_EVERY);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, true);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    // Enough for the snapshot before the latest to be of use.
    RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, 2 * SNAPSHOT_EVERY);
  }

  /** Nobody to ask and nobody to wait for. */
  private static void elections(RaftProperties properties) {
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(
        properties, duration(Duration.ofMillis(10)));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(
        properties, duration(Duration.ofMillis(20)));
  }

  private static TimeDuration duration(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
