package org.linekeeper.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.State;

/**
 * Brings renewals of the floating address to whoever leads, and the word that they counted back.
 * The address is held for a second, and one packet that is lost holds up all that comes behind it
 * on its connection for 200 ms and more; so one that is not answered at once goes by other
 * connections as well, and by the third watcher, should the way to the leader be cut.
 */
final class Renewals implements AutoCloseable {
  /** In one town it is answered in some milliseconds. */
  private static final Duration NEXT_WAY = Duration.ofMillis(40);

  /** The address is not held for longer by any. */
  private static final Duration OF_USE = Duration.ofSeconds(1);

  /** An answer that has not come by then is not waited for, and its way may be used again. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(3);

  /** By a watcher that does not answer no more go. */
  private static final int UNANSWERED = 8;

  /** The same one comes by several ways. */
  private static final int REMEMBERED = 32;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Threads.named("journal-renewals"));
  private final ClientId client = ClientId.randomId();
  private final RatisNode node;
  private final EntryMachine machine;
  private final EntryCodec codec;
  private final List<PeerRpc> connections;
  private final Map<Way, Integer> unanswered = new LinkedHashMap<>();
  private final Map<String, CompletableFuture<Counted>> taken = new LinkedHashMap<>();
  private @Nullable Asked latest;
  private long calls;

  /** One connection to one watcher. */
  private record Way(int connection, RaftPeerId to) {}

  /**
   * One that this watcher wants counted.
   *
   * @param tries by each way
   * @param open by which ways it is under way
   */
  private record Asked(
      Entry.LeaseRenewed renewal,
      byte[] question,
      Map<Way, Integer> tries,
      List<Way> open,
      CompletableFuture<Counted> answer) {}

  /**
   * @param connections of which each is used on its own; empty if there are no other watchers
   */
  Renewals(RatisNode node, EntryMachine machine, EntryCodec codec, List<PeerRpc> connections) {
    this.node = node;
    this.machine = machine;
    this.codec = codec;
    this.connections = List.copyOf(connections);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Has it counted, by whoever leads.
   *
   * @return the latest of that lease that counted, which is this one or another; completes
   *     exceptionally if that is not known within a second
   */
  CompletionStage<Counted> renew(Entry.LeaseRenewed renewal) {
    CompletableFuture<Counted> answer = new CompletableFuture<>();
    answer.orTimeout(OF_USE.toNanos(), TimeUnit.NANOSECONDS);
    byte[] question = Questions.renewal(codec.encode(List.of(renewal)));
    Asked asked = new Asked(renewal, question, new LinkedHashMap<>(), new ArrayList<>(), answer);
    try {
      thread.execute(
          () -> {
            latest = asked;
            go(asked);
          });
    } catch (RejectedExecutionException closed) {
      answer.completeExceptionally(closed);
    }
    return answer;
  }

  /** By one more way; what is younger is of more use. */
  private void go(Asked asked) {
    if (asked.answer.isDone() || latest != asked) {
      return;
    }
    if (node.ready()) {
      tell(count(asked.renewal), asked.answer);
    } else {
      nextWay(asked).ifPresent(way -> send(asked, way));
    }
    later(() -> go(asked));
  }

  private void later(Runnable task) {
    try {
      thread.schedule(task, NEXT_WAY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // nothing is renewed any more
    }
  }

  /** The one that was tried least; of those the one to the leader, as far as it is known. */
  private Optional<Way> nextWay(Asked asked) {
    Optional<RaftPeerId> leader = node.leader().map(RaftPeer::getId);
    return node.members().stream()
        .map(RaftPeer::getId)
        .filter(peer -> !peer.equals(node.self().getId()))
        .sorted(Comparator.comparing(peer -> leader.equals(Optional.of(peer)) ? 0 : 1))
        .flatMap(this::ways)
        .filter(way -> !asked.open.contains(way))
        .filter(way -> unanswered.getOrDefault(way, 0) < UNANSWERED)
        .min(Comparator.comparing(way -> asked.tries.getOrDefault(way, 0)));
  }

  private Stream<Way> ways(RaftPeerId peer) {
    return IntStream.range(0, connections.size()).mapToObj(i -> new Way(i, peer));
  }

  private void send(Asked asked, Way way) {
    asked.tries.merge(way, 1, Integer::sum);
    asked.open.add(way);
    unanswered.merge(way, 1, Integer::sum);
    ask(way, asked.question)
        .whenComplete(
            (reply, fault) -> {
              heard(reply).ifPresent(asked.answer::complete);
              over(asked, way);
            });
  }

  private void over(Asked asked, Way way) {
    try {
      thread.execute(
          () -> {
            asked.open.remove(way);
            unanswered.merge(way, -1, Integer::sum);
          });
    } catch (RejectedExecutionException closed) {
      // nothing is renewed any more
    }
  }

  private CompletableFuture<RaftClientReply> ask(Way way, byte[] question) {
    Optional<RaftPeer> peer =
        node.members().stream().filter(member -> member.getId().equals(way.to)).findFirst();
    Optional<RaftGroupId> group = node.group();
    if (peer.isEmpty() || group.isEmpty()) {
      return CompletableFuture.failedFuture(new IOException("no longer a member"));
    }
    try {
      return connections
          .get(way.connection)
          .ask(peer.get(), group.get(), question)
          .copy()
          .orTimeout(GIVEN_UP.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException closing) {
      return CompletableFuture.failedFuture(closing);
    }
  }

  private static Optional<Counted> heard(@Nullable RaftClientReply reply) {
    return reply != null && reply.isSuccess()
        ? read(reply.getMessage().getContent().toByteArray())
        : Optional.empty();
  }

  /**
   * Another watcher's: has it counted if this one leads, or passes it on to the one that does.
   *
   * @param passedOn whether it has been once
   * @return completes with what counted; with nothing if nobody is known to lead
   */
  CompletableFuture<byte[]> heard(byte[] entries, boolean passedOn) {
    List<Entry> decoded = codec.decode(entries);
    if (decoded.size() != 1 || !(decoded.get(0) instanceof Entry.LeaseRenewed renewal)) {
      return CompletableFuture.failedFuture(new IllegalArgumentException("that is no renewal"));
    }
    if (node.ready()) {
      return counting(renewal).thenApply(Renewals::written);
    }
    Optional<RaftPeer> leader = node.leader();
    return passedOn || leader.isEmpty()
        ? CompletableFuture.completedFuture(new byte[0])
        : passOn(leader.get(), entries);
  }

  private CompletableFuture<byte[]> passOn(RaftPeer leader, byte[] entries) {
    Way way = new Way(0, leader.getId());
    return ask(way, Questions.renewalPassedOn(entries))
        .thenApply(reply -> heard(reply).map(Renewals::written).orElseGet(() -> new byte[0]));
  }

  /** On a thread of our own: Ratis' own ones must not wait for Ratis. */
  private CompletableFuture<Counted> counting(Entry.LeaseRenewed renewal) {
    try {
      return CompletableFuture.supplyAsync(() -> count(renewal), thread)
          .thenCompose(counted -> counted);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  /** Only for one that leads. The same one counts once, by however many ways it comes. */
  private CompletableFuture<Counted> count(Entry.LeaseRenewed renewal) {
    CompletableFuture<Counted> earlier = taken.get(renewal.renewal());
    if (earlier != null && !earlier.isCompletedExceptionally()) {
      return earlier;
    }
    CompletableFuture<Counted> counted = commit(renewal);
    taken.put(renewal.renewal(), counted);
    if (taken.size() > REMEMBERED) {
      taken.remove(taken.keySet().iterator().next());
    }
    return counted;
  }

  private CompletableFuture<Counted> commit(Entry.LeaseRenewed renewal) {
    Appended appended = new Appended(List.of(renewal), new CompletableFuture<>());
    appended
        .checked(codec, machine.state())
        .ifPresent(
            checked -> {
              try {
                node.commit(client, ++calls, Appended.packed(List.of(checked)))
                    .whenComplete((reply, fault) -> committed(appended.done(), reply, fault));
              } catch (IOException | RuntimeException stopping) {
                appended.done().completeExceptionally(stopping);
              }
            });
    return appended.done().thenApply(Counted::in);
  }

  private void committed(
      CompletableFuture<State> done, @Nullable RaftClientReply reply, @Nullable Throwable fault) {
    if (reply != null && reply.isSuccess()) {
      machine.reached(reply.getLogIndex()).thenAccept(done::complete);
    } else {
      done.completeExceptionally(
          fault != null ? fault : new NotCommitted("it does not lead any more", null));
    }
  }

  private static void tell(CompletableFuture<Counted> counted, CompletableFuture<Counted> whom) {
    counted.thenAccept(whom::complete);
  }

  private static byte[] written(Counted counted) {
    return (counted.lease() + " " + counted.renewal()).getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Counted> read(byte[] answer) {
    String[] words = new String(answer, StandardCharsets.UTF_8).split(" ", 2);
    return words.length == 2 && words[0].matches("[0-9]{1,18}")
        ? Optional.of(new Counted(Long.parseLong(words[0]), words[1]))
        : Optional.empty();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
