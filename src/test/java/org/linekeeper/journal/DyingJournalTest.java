package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** Ratis can be dead and still call itself leader; the process has to end and be started anew. */
class DyingJournalTest {
  @TempDir Path directory;

  private final CompletableFuture<Throwable> broken = new CompletableFuture<>();
  private JournalDisk disk;
  private EntryMachine machine;
  private RatisNode node;
  private Journal journal;

  @BeforeEach
  void open() throws IOException {
    EntryCodec codec = new EntryCodec();
    disk =
        JournalDisk.open(
            JournalSettings.alone("watcher-1", directory), codec, InstantSource.system());
    Listeners listeners = new Listeners();
    machine =
        new EntryMachine(
            codec,
            disk.history(),
            disk.beforeImages(),
            listeners,
            Ticker.system(),
            broken::complete);
    node = RatisNode.start(disk.directory(), Optional.empty(), machine);
    machine.ready().orTimeout(10, TimeUnit.SECONDS).join();
    Appender appender =
        new Appender(
            node,
            machine,
            codec,
            Ticker.system(),
            JournalSettings.alone("watcher-1", directory).commitDeadline(),
            broken::complete);
    journal =
        RatisJournal.of(
            InstantSource.system(),
            disk,
            listeners,
            machine,
            node,
            appender,
            new Renewals(node, machine, codec, List.of()),
            new Continuation(disk, machine, node, InstantSource.system(), broken),
            Optional.empty(),
            broken);
  }

  @Test
  void aServerThatClosedItselfIsNoticedAndSaid() {
    assertThat(journal.trouble()).isEmpty();
    node.close();
    assertThat(broken.orTimeout(10, TimeUnit.SECONDS).join()).hasMessageContaining("closed itself");
    assertThat(journal.trouble()).contains("nothing is done to the phones", "started anew");
    assertThatThrownBy(
            () -> journal.append(List.of(OneOfEach.noted("lost"))).toCompletableFuture().join())
        .cause()
        .isInstanceOf(NotCommitted.class);
    journal.close();
  }

  @Test
  void anAppenderThatDiesIsToldOf() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Ticker dying =
        () -> {
          throw new OutOfMemoryError("no memory");
        };
    try (Appender appender =
        new Appender(
            node, machine, new EntryCodec(), dying, Duration.ofSeconds(2), told::complete)) {
      var lost = appender.append(List.of(OneOfEach.noted("lost"))).toCompletableFuture();
      assertThat(told.orTimeout(5, TimeUnit.SECONDS).join()).hasMessageContaining("no memory");
      assertThatThrownBy(lost::join).cause().isInstanceOf(NotCommitted.class);
    }
    journal.close();
  }

  @Test
  void afterAnEntryOfANewerReleaseNothingMoreIsApplied() throws IOException {
    String newer = "{\"kind\":\"call-parked\",\"version\":1,\"at\":\"2026-11-22T00:00:00Z\"}\n";
    assertThat(machine.applyTransaction(committed(newer))).isCompletedExceptionally();
    assertThat(broken.join()).isInstanceOf(JournalRefused.class);
    assertThat(journal.trouble()).contains("call-parked", "Install the release that wrote it");
    String known =
        "{\"kind\":\"noted\",\"version\":1,\"at\":\"2026-11-22T00:00:00Z\","
            + "\"weight\":\"INFO\",\"text\":\"after the hole\"}\n";
    assertThat(machine.applyTransaction(committed(known))).isCompletedExceptionally();
    assertThat(machine.state()).isEqualTo(State.EMPTY);
    assertThat(machine.takeSnapshot()).isEqualTo(-1);
    journal.close();
  }

  @Test
  void ratisDoesNotEndTheProcessWhenSomebodysThreadThrows() {
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNull();
    journal.close();
  }

  private TransactionContext committed(String lines) {
    return TransactionContext.newBuilder()
        .setStateMachine(machine)
        .setLogEntry(
            LogEntryProto.newBuilder()
                .setTerm(9)
                .setIndex(99)
                .setStateMachineLogEntry(
                    StateMachineLogEntryProto.newBuilder()
                        .setLogData(ByteString.copyFromUtf8(lines)))
                .build())
        .build();
  }
}
