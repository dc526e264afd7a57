package org.linekeeper.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageMetadata;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/** One Ratis server, set up so that none of its defaults surprises anybody. */
final class RatisNode implements AutoCloseable {
  /** Log entries between snapshots; also about how many a restart replays. */
  private static final long SNAPSHOT_EVERY = 1_000;

  /** A hung disk must not keep the process from ending. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private static final Duration HAND_OVER = Duration.ofSeconds(1);

  private final Path directory;
  private final RaftServer server;
  private final RaftPeer self;
  private final Optional<PeerRpc> others;
  private final Optional<PeerRpc> aside;
  private final List<PeerRpc> renewing;
  private final ClientId client = ClientId.randomId();

  private RatisNode(
      Path directory,
      RaftServer server,
      RaftPeer self,
      Optional<PeerRpc> others,
      Optional<PeerRpc> aside,
      List<PeerRpc> renewing) {
    this.directory = directory;
    this.server = server;
    this.self = self;
    this.others = others;
    this.aside = aside;
    this.renewing = List.copyOf(renewing);
  }

  /**
   * @param together the watchers with whom it is kept; empty for a group of one, which is begun if
   *     there is none. Several begin it with {@link #begin}
   * @throws IOException if what is there cannot be read
   */
  static RatisNode start(
      JournalDirectory directory, Optional<JournalGroup> together, EntryMachine machine)
      throws IOException {
    letNobodyEndTheProcess();
    JournalDirectory.Marker marker = directory.marker();
    RaftPeerId id = RaftPeerId.valueOf(marker.id());
    RaftPeer self =
        together
            .map(with -> Transport.peer(id, with.here()))
            .orElseGet(() -> RaftPeer.newBuilder().setId(id).build());
    if (marker.unrecorded().isPresent() && marker.journal() != null) {
      new SoleMember(directory.raft().resolve(marker.journal().toString())).write(self);
    }
    Transport transport =
        Transport.of(properties(directory.raft(), together.isPresent()), together);
    RaftServer server =
        RaftServer.newBuilder()
            .setServerId(id)
            .setGroup(alone(marker, together.isPresent(), self))
            .setStateMachineRegistry(any -> machine)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setProperties(transport.properties())
            .setParameters(transport.parameters())
            .build();
    server.start();
    return new RatisNode(
        directory.raft(),
        server,
        self,
        together.map(with -> PeerRpc.open(transport)),
        together.map(with -> PeerRpc.open(transport)),
        together.stream()
            .flatMap(with -> Stream.of(PeerRpc.open(transport), PeerRpc.open(transport)))
            .toList());
  }

  private static @Nullable RaftGroup alone(
      JournalDirectory.Marker marker, boolean others, RaftPeer self) {
    UUID journal = marker.journal();
    return others || journal == null ? null : RaftGroup.valueOf(RaftGroupId.valueOf(journal), self);
  }

  /** This watcher, as the others know it. */
  RaftPeer self() {
    return self;
  }

  /** The journal that it keeps, and of which it is or is to be a member; empty if none yet. */
  Optional<RaftGroupId> group() {
    return StreamSupport.stream(server.getGroupIds().spliterator(), false).findFirst();
  }

  private RaftGroupId journal() throws IOException {
    return group().orElseThrow(() -> new IOException("this watcher has no journal yet"));
  }

  private RaftServer.Division division() throws IOException {
    return server.getDivision(journal());
  }

  Optional<PeerRpc> others() {
    return others;
  }

  /** Connections of their own, for who asks often and in vain: no append waits behind them. */
  Optional<PeerRpc> aside() {
    return aside;
  }

  /** Two of each, so that one can be held up; for {@link Renewals}. */
  List<PeerRpc> renewing() {
    return renewing;
  }

  /**
   * Hands bytes over for the log.
   *
   * @param call a request sent again with the same number is carried out once
   * @param leader to whom, as {@link #takes} says; empty for this one
   * @return the answer, which may be a refusal; never completes if the disk or the leader hangs
   */
  CompletableFuture<RaftClientReply> submit(long call, byte[] bytes, Optional<RaftPeer> leader)
      throws IOException {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(leader.map(RaftPeer::getId).orElseGet(server::getId))
            .setGroupId(journal())
            .setCallId(call)
            .setMessage(Message.valueOf(ByteString.copyFrom(bytes)))
            .setType(RaftClientRequest.writeRequestType())
            .build();
    return leader.isPresent() && others.isPresent()
        ? others.get().send(leader.get(), request)
        : server.submitClientRequestAsync(request);
  }

  /** The other one that would be handed over bytes now; empty for this one. */
  Optional<RaftPeer> takes() {
    return ready() ? Optional.empty() : leader();
  }

  /** Asks another member something that does not go into the log. */
  CompletableFuture<RaftClientReply> ask(String watcher, byte[] question) {
    Optional<RaftPeer> peer =
        members().stream()
            .filter(member -> Membership.watcher(member.getId()).equals(watcher))
            .findFirst();
    Optional<RaftGroupId> journal = group();
    return peer.isPresent() && journal.isPresent() && others.isPresent()
        ? others.get().ask(peer.get(), journal.get(), question)
        : CompletableFuture.failedFuture(
            new IllegalArgumentException(watcher + " does not keep this journal"));
  }

  /** Whether it is kept without others. */
  boolean alone() {
    return others.isEmpty();
  }

  /** Begins a journal of which this watcher is the only member so far. */
  void begin(long call) throws IOException {
    server.groupManagement(
        GroupManagementRequest.newAdd(
            client, server.getId(), call, RaftGroup.valueOf(RaftGroupId.randomId(), self)));
  }

  /** Changes who belongs, if this one leads. Blocks until that is committed. */
  void members(long call, List<RaftPeer> peers) throws IOException {
    RaftClientReply reply =
        server.setConfiguration(
            new SetConfigurationRequest(client, server.getId(), journal(), call, peers));
    if (!reply.isSuccess()) {
      throw new IOException("the others were not changed", reply.getException());
    }
  }

  /** Has another member lead, which takes some milliseconds. Blocks. */
  void handOver(long call, RaftPeerId to) throws IOException {
    RaftClientReply reply =
        server.transferLeadership(
            new TransferLeadershipRequest(
                client, server.getId(), journal(), call, to, HAND_OVER.toMillis()));
    if (!reply.isSuccess()) {
      throw reply.getException();
    }
  }

  /** Who belongs, as far as is known here. */
  Collection<RaftPeer> members() {
    try {
      return division().getGroup().getPeers();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Whether this watcher is one of them. */
  boolean belongs() {
    return members().stream().anyMatch(peer -> peer.getId().equals(server.getId()));
  }

  /** Who leads, as far as is known here, this one not included. */
  Optional<RaftPeer> leader() {
    try {
      RaftPeerId leader = division().getInfo().getLeaderId();
      return members().stream()
          .filter(peer -> peer.getId().equals(leader) && !peer.getId().equals(server.getId()))
          .findFirst();
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  /**
   * Writes once more how this one voted, if the file is not whole: Ratis 3.3 replaces it by an
   * empty one when the disk is full, and would not be started on that again.
   *
   * @throws IOException if there is no room for that either
   */
  void rewriteVote() throws IOException {
    if (group().isEmpty()) {
      return;
    }
    LifeCycle.State now = division().getInfo().getLifeCycleState();
    if (now != LifeCycle.State.RUNNING && !now.isClosingOrClosed()) {
      return; // it has not been read yet
    }
    RaftStorage storage = division().getRaftStorage();
    Path file = directory.resolve(journal().getUuid().toString()).resolve("current/raft-meta");
    RaftStorageMetadata written = storage.getMetadataFile().getMetadata();
    while (Files.exists(file) && !whole(file, written)) {
      Path anew = file.resolveSibling("raft-meta.anew");
      DurableFile.replace(anew, properties(written));
      Files.move(anew, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = storage.getMetadataFile().getMetadata();
    }
  }

  private static boolean whole(Path file, RaftStorageMetadata written) throws IOException {
    Properties vote = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      vote.load(reader);
    }
    // a later term than this is on its way to the memory from which the other was taken
    return Long.parseLong(vote.getProperty("term", "-1")) >= written.getTerm()
        && vote.containsKey("votedFor");
  }

  private static byte[] properties(RaftStorageMetadata vote) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("term", Long.toString(vote.getTerm()));
    properties.setProperty("votedFor", vote.getVotedFor().toString());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    properties.store(bytes, null);
    return bytes.toByteArray();
  }

  /** Whether the server lives. A closed one goes on calling itself leader, so do not ask that. */
  boolean alive() {
    try {
      return server.getLifeCycleState() == LifeCycle.State.RUNNING
          && (group().isEmpty() || division().getInfo().isAlive());
    } catch (IOException e) {
      return false;
    }
  }

  /** The term in which this one leads and takes writes, as far as it knows. */
  OptionalLong leads() {
    try {
      DivisionInfo info = division().getInfo();
      long term = info.getCurrentTerm();
      return info.isLeaderReady() ? OptionalLong.of(term) : OptionalLong.empty();
    } catch (IOException none) {
      return OptionalLong.empty();
    }
  }

  /** Members of which this one, if it leads, has not heard for so long. */
  List<RaftPeerId> silentFor(Duration time) {
    try {
      DivisionInfo info = division().getInfo();
      if (!info.isLeaderReady()) {
        return List.of();
      }
      return info.getRoleInfoProto().getLeaderInfo().getFollowerInfoList().stream()
          .filter(follower -> follower.getLastRpcElapsedTimeMs() >= time.toMillis())
          .map(follower -> RaftPeerId.valueOf(follower.getId().getId()))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** How far the log is committed; -1 if it is not known. */
  long committed() {
    try {
      return division().getRaftLog().getLastCommittedIndex();
    } catch (IOException none) {
      return -1;
    }
  }

  /**
   * Other members that, if this one leads, have not committed up to that place: nobody commits what
   * it has not written. One whose disk hangs goes on to be heard.
   */
  List<RaftPeerId> behind(long index) {
    try {
      return division().getCommitInfos().stream()
          .filter(info -> info.getCommitIndex() < index)
          .map(info -> RaftPeerId.valueOf(info.getServer().getId()))
          .filter(peer -> !peer.equals(server.getId()))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /**
   * Succeeds once a majority has committed these bytes because this one leads; refused if it does
   * not. Only a commit proves that: Ratis 3.3 answers even linearizable reads without asking
   * anybody while nothing new was committed.
   *
   * @param client whose calls have numbers of their own
   */
  CompletableFuture<RaftClientReply> commit(ClientId client, long call, byte[] bytes)
      throws IOException {
    return server.submitClientRequestAsync(
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(journal())
            .setCallId(call)
            .setMessage(Message.valueOf(ByteString.copyFrom(bytes)))
            .setType(RaftClientRequest.writeRequestType())
            .build());
  }

  /** Whether a write would be taken now. */
  boolean ready() {
    try {
      return division().getInfo().isLeaderReady();
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
                others.ifPresent(PeerRpc::close);
                aside.ifPresent(PeerRpc::close);
                renewing.forEach(PeerRpc::close);
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

  private static RaftProperties properties(Path directory, boolean others) {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
    // By default a process that was suspended for a minute closes its server for good.
    RaftServerConfigKeys.setCloseThreshold(properties, duration(Duration.ofDays(3_650)));
    log(properties);
    // A group of one commits all that is in its log at a start: a second fsync after each entry, to
    // remember how far it was, would only be in the next one's way.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, others);
    snapshots(properties);
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

  private static TimeDuration duration(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }
}
