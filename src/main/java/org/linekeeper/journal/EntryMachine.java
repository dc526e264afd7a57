package org.linekeeper.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.linekeeper.state.Entry;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.LeaseWatch;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/**
 * Turns committed log entries into the state. One thread of Ratis calls it, in the log's order; the
 * state can be read from any thread.
 */
final class EntryMachine extends BaseStateMachine {
  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final EntryCodec codec;
  private final History history;
  private final BeforeImages beforeImages;
  private final Listeners listeners;
  private final Consumer<Throwable> broken;
  private final Ticker ticker;
  private volatile EntryCodec.Snapshot applied = new EntryCodec.Snapshot(0, State.EMPTY);
  private volatile Optional<LeaseSeen> lease = Optional.empty();
  private LeaseWatch watch;
  private final ConcurrentNavigableMap<Long, CompletableFuture<State>> waiting =
      new ConcurrentSkipListMap<>();
  private volatile Function<byte[], CompletableFuture<byte[]>> answers =
      question -> CompletableFuture.failedFuture(new IllegalStateException("nobody answers yet"));
  private volatile long known;
  private volatile boolean stopped;
  private volatile String snapshotTrouble = "";

  /**
   * @param broken told once when an entry cannot be applied, or the log cannot be written; nothing
   *     is applied from then on
   */
  EntryMachine(
      EntryCodec codec,
      History history,
      BeforeImages beforeImages,
      Listeners listeners,
      Ticker ticker,
      Consumer<Throwable> broken) {
    this.codec = codec;
    this.history = history;
    this.beforeImages = beforeImages;
    this.listeners = listeners;
    this.broken = broken;
    this.ticker = ticker;
    this.watch = LeaseWatch.beginning(ticker.now());
  }

  /** The lease and what was seen of it, taken together. */
  Optional<LeaseSeen> lease() {
    return lease;
  }

  State state() {
    return applied.state();
  }

  /** Listeners are told of what comes after that record, as soon as it is committed. */
  void tellAfter(long record) {
    known = record;
    ready.complete(null);
  }

  /** How many entries there have ever been. */
  long count() {
    return applied.place();
  }

  /** Completes with a state that has everything up to that place in the log. */
  CompletableFuture<State> reached(long index) {
    CompletableFuture<State> reached =
        waiting.computeIfAbsent(index, any -> new CompletableFuture<>());
    tellWhoWaits();
    return reached;
  }

  private void tellWhoWaits() {
    waiting
        .headMap(getLastAppliedTermIndex().getIndex(), true)
        .forEach(
            (index, reached) -> {
              waiting.remove(index);
              reached.complete(state());
            });
  }

  /** Answers questions of the other watchers; there is none by itself. */
  void onAsked(Function<byte[], CompletableFuture<byte[]>> answer) {
    answers = answer;
  }

  @Override
  public CompletableFuture<Message> query(Message question) {
    return answers
        .apply(question.getContent().toByteArray())
        .thenApply(answer -> Message.valueOf(ByteString.copyFrom(answer)));
  }

  @Override
  public CompletableFuture<Message> queryStale(Message question, long from) {
    return query(question);
  }

  @Override
  public void notifyTermIndexUpdated(long term, long index) {
    super.notifyTermIndexUpdated(term, index);
    tellWhoWaits();
  }

  /** Completes when every entry that was committed before the start is in the state. */
  CompletableFuture<Void> ready() {
    return ready;
  }

  @Override
  public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage)
      throws IOException {
    super.initialize(server, group, raftStorage);
    storage.init(raftStorage);
    load(storage.getLatestSnapshot());
    getLifeCycle().startAndTransition(() -> {}, IOException.class);
  }

  @Override
  public void pause() {
    getLifeCycle().transition(LifeCycle.State.PAUSING);
    getLifeCycle().transition(LifeCycle.State.PAUSED);
  }

  @Override
  public void reinitialize() throws IOException {
    load(storage.loadLatestSnapshot());
    tellWhoWaits();
    if (getLifeCycleState() == LifeCycle.State.PAUSED) {
      getLifeCycle().transition(LifeCycle.State.STARTING);
      getLifeCycle().transition(LifeCycle.State.RUNNING);
    }
  }

  @Override
  public SimpleStateMachineStorage getStateMachineStorage() {
    return storage;
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    if (stopped || entry == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("the journal has stopped"));
    }
    try {
      apply(
          codec.decode(Payload.unpack(entry.getStateMachineLogEntry().getLogData().toByteArray())));
      updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
      tellWhoWaits();
      return CompletableFuture.completedFuture(Message.EMPTY);
    } catch (RuntimeException e) {
      // Going on after a hole would make a state that no other watcher and no restart agrees with.
      stop(e);
      return CompletableFuture.failedFuture(e);
    }
  }

  private void apply(List<Entry> entries) {
    EntryCodec.Snapshot before = applied;
    State state = before.state();
    List<Recorded> records = new ArrayList<>();
    watch = watch.came(ticker.now());
    for (Entry entry : entries) {
      State after = State.evolve(state, entry);
      watch = watch.saw(state.lease(), after.lease(), ticker.now());
      state = after;
      records.add(new Recorded(before.place() + records.size() + 1, entry));
    }
    List<Recorded> told = records.stream().filter(EntryMachine::forPeople).toList();
    history.add(told);
    List<Recorded> news = told.stream().filter(record -> record.number() > known).toList();
    if (ready.isDone() && !news.isEmpty()) {
      beforeImages.export(state);
      listeners.tell(news);
    }
    applied = new EntryCodec.Snapshot(before.place() + records.size(), state);
    LeaseWatch seen = watch;
    lease = state.lease().map(present -> new LeaseSeen(present, seen));
  }

  /** What is renewed some times a second would bury what happened. */
  private static boolean forPeople(Recorded record) {
    return !(record.entry() instanceof Entry.LeaseRenewed);
  }

  private void stop(Throwable why) {
    if (!stopped) {
      stopped = true;
      broken.accept(why);
    }
  }

  /** After a failed write Ratis takes nothing more until it is started anew. */
  @Override
  public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failedEntry) {
    stop(cause);
  }

  @Override
  public void notifyLeaderReady() {
    if (ready.complete(null)) {
      beforeImages.export(state());
    }
  }

  @Override
  public long takeSnapshot() throws IOException {
    TermIndex last = getLastAppliedTermIndex();
    if (stopped || last.getIndex() <= RaftLog.INVALID_LOG_INDEX) {
      return RaftLog.INVALID_LOG_INDEX;
    }
    try {
      Path file = storage.getSnapshotFile(last.getTerm(), last.getIndex()).toPath();
      byte[] content = codec.encode(applied);
      MD5Hash digest = MD5Hash.newInstance(MD5FileUtil.newMD5().digest(content));
      // First: a digest without its snapshot is nothing, a snapshot without its digest is damaged.
      MD5FileUtil.saveMD5File(file.toFile(), digest);
      DurableFile.replace(file, content);
      storage.updateLatestSnapshot(
          new SingleFileSnapshotInfo(new FileInfo(file, digest), last.getTerm(), last.getIndex()));
      snapshotTrouble = "";
    } catch (IOException e) {
      // The log is kept instead; Ratis asks again after the next entry.
      snapshotTrouble = "A snapshot cannot be written: " + e.getMessage() + ".";
      throw e;
    }
    return last.getIndex();
  }

  /** Why the latest snapshot is missing; empty text if it is not. */
  String snapshotTrouble() {
    return snapshotTrouble;
  }

  private void load(@Nullable SingleFileSnapshotInfo snapshot) throws IOException {
    if (snapshot == null) {
      return;
    }
    Path file = snapshot.getFile().getPath();
    MD5Hash digest = Optional.ofNullable(snapshot.getFile().getFileDigest()).orElse(null);
    if (digest == null || !digest.equals(MD5FileUtil.computeMd5ForFile(file.toFile()))) {
      throw new IOException("the snapshot " + file + " is damaged");
    }
    applied = codec.snapshot(Files.readAllBytes(file));
    // What was renewed between here and there was not seen: it may have been a moment ago.
    watch = LeaseWatch.beginning(applied.state().lease(), ticker.now());
    LeaseWatch seen = watch;
    lease = applied.state().lease().map(present -> new LeaseSeen(present, seen));
    setLastAppliedTermIndex(TermIndex.valueOf(snapshot.getTerm(), snapshot.getIndex()));
  }
}
