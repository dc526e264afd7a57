package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.linekeeper.state.Parting;
import org.linekeeper.time.Ticker;

/**
 * Looks again and again which journal each of the other watchers keeps. Who kept this one with a
 * watcher that has gone on alone learns so, as soon as it reaches that one, that it has ended. And
 * nobody goes on alone while enough of the others answer.
 */
final class Lookout implements AutoCloseable {
  private static final UUID NONE = new UUID(0, 0);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /** A host that is gone is given up only after three seconds, and its connection after more. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(4);

  /**
   * For so long nobody may have led before one goes on alone: some elections, and those that a
   * machine needs which has just come back.
   */
  static final Duration LEADERLESS = Duration.ofSeconds(5);

  private final JournalGroup group;
  private final RatisNode node;
  private final PeerRpc rpc;
  private final Continuation continuation;
  private final Ticker ticker;
  private final ScheduledThreadPoolExecutor threads;
  private final Map<String, View> views = new ConcurrentHashMap<>();
  private final Map<String, String> apart = new ConcurrentHashMap<>();
  private final Duration began;
  private volatile Duration led;

  private enum Kind {
    SILENT,
    NO_JOURNAL,
    SAME,
    ANOTHER
  }

  /**
   * What is known of one.
   *
   * @param theirs set for one that keeps another journal
   */
  private record View(Kind kind, Optional<Lineage> theirs) {
    private static View of(Kind kind) {
      return new View(kind, Optional.empty());
    }
  }

  Lookout(
      JournalGroup group, RatisNode node, PeerRpc rpc, Continuation continuation, Ticker ticker) {
    this.group = group;
    this.node = node;
    this.rpc = rpc;
    this.continuation = continuation;
    this.ticker = ticker;
    this.began = ticker.now();
    this.led = began;
    // a watcher that does not answer must not keep another one from being heard
    this.threads =
        new ScheduledThreadPoolExecutor(
            group.others().size() + 1, Threads.named("journal-lookout"));
  }

  void start() {
    threads.scheduleWithFixedDelay(this::lead, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    for (JournalGroup.Seat seat : group.others()) {
      threads.scheduleWithFixedDelay(() -> again(seat), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Whether each of the others was asked since the start, or has had its time to answer. Not before
   * that is anything begun: the journal may have ended while this watcher was away.
   */
  boolean looked() {
    return views.size() == group.others().size() || ticker.since(began).compareTo(FIRST_LOOK) >= 0;
  }

  /** Of each watcher that was seen to keep another journal what people must know. */
  List<String> apart() {
    return apart.values().stream().sorted().toList();
  }

  private void lead() {
    if (node.ready() || node.leader().isPresent()) {
      led = ticker.now();
    }
  }

  private void again(JournalGroup.Seat seat) {
    try {
      if (node.group().isPresent()) {
        look(seat);
      }
    } catch (RuntimeException stopping) {
      // thrown, it would end the looking for good
    }
  }

  private View look(JournalGroup.Seat seat) {
    View seen = seen(seat);
    views.put(seat.watcher(), seen);
    if (seen.kind == Kind.NO_JOURNAL || seen.kind == Kind.SAME) {
      apart.remove(seat.watcher());
    }
    seen.theirs.ifPresent(
        theirs -> continuation.lineage().ifPresent(ours -> judge(seat.watcher(), ours, theirs)));
    return seen;
  }

  private View seen(JournalGroup.Seat seat) {
    RaftPeer peer = Transport.peer(RaftPeerId.valueOf(seat.watcher()), seat);
    try {
      Optional<RaftGroupId> theirs = rpc.group(peer);
      if (theirs.isEmpty()) {
        return View.of(Kind.NO_JOURNAL);
      }
      return theirs.equals(node.group())
          ? View.of(Kind.SAME)
          : new View(Kind.ANOTHER, Optional.of(lineage(peer, theirs.get())));
    } catch (IOException | RuntimeException unheard) {
      return View.of(Kind.SILENT);
    }
  }

  private Lineage lineage(RaftPeer peer, RaftGroupId theirs) throws IOException {
    try {
      RaftClientReply reply =
          rpc.ask(peer, theirs, Questions.lineage(request()))
              .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
      if (!reply.isSuccess()) {
        throw new IOException(reply.getException());
      }
      return Lineage.read(reply.getMessage().getContent().toByteArray());
    } catch (ExecutionException | TimeoutException unheard) {
      throw new IOException(unheard);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private String request() {
    return group.here().watcher() + " " + node.group().map(RaftGroupId::getUuid).orElse(NONE);
  }

  /**
   * What another one says that asks which journal this watcher keeps, in the words of {@link
   * #request}: it may have ended by the time that it is looked at.
   */
  void heard(String request) {
    String[] words = request.split(" ", 2);
    if (words.length == 2 && group.others().stream().anyMatch(s -> s.watcher().equals(words[0]))) {
      continuation
          .lineage()
          .filter(ours -> ours.endOf(UUID.fromString(words[1])).isPresent())
          .ifPresent(ours -> apart.put(words[0], stopped(words[0])));
    }
  }

  private void judge(String watcher, Lineage ours, Lineage theirs) {
    Optional<Parting> end = theirs.endOf(ours.journal());
    if (end.isPresent()) {
      continuation.end(end.get());
    } else {
      apart.put(watcher, sentence(watcher, ours, theirs));
    }
  }

  private static String sentence(String watcher, Lineage ours, Lineage theirs) {
    if (ours.endOf(theirs.journal()).isPresent()) {
      return stopped(watcher);
    }
    return ours.forkedFrom(theirs)
        .flatMap(parting -> theirs.endOf(parting.ended()))
        .map(
            other ->
                watcher
                    + " has gone on alone as well ("
                    + other.by()
                    + ", "
                    + other.at()
                    + "), so both may move numbers and PBXs, and neither knows of the other. Decide"
                    + " which one is to go on. Stop Linekeeper where the other one is, move its"
                    + " journal directory away, and start it with an empty one: it is taken in")
        .orElse(
            watcher
                + " keeps another journal, which has nothing to do with this one, so it does not"
                + " belong. If it is to, move its journal directory away and start it with an empty"
                + " one: it is taken in");
  }

  private static String stopped(String watcher) {
    return watcher
        + " was found with the journal that has ended, and told so: it stops. If it decided anything"
        + " meanwhile, that is in history.jsonl there, and how numbers that it moved had been in"
        + " before-images.json. Move its journal directory away and start it with an empty one: it"
        + " is taken in";
  }

  /**
   * Why this watcher may not go on alone, in a sentence; empty text if it may. Blocks for some
   * seconds, since the others are asked once more.
   */
  String whyNotAlone() {
    if (!node.belongs()) {
      return "This watcher has no journal that it could go on with: it waits to be taken in.";
    }
    Optional<String> leader =
        node.ready()
            ? Optional.of(group.here().watcher())
            : node.leader().map(RaftPeer::getId).map(Membership::watcher);
    if (leader.isPresent()) {
      return "There is a majority, and "
          + leader.get()
          + " leads: ask in the ordinary way, nothing is in the way of that.";
    }
    Map<String, View> now = lookNow();
    String another = named(now, Kind.ANOTHER::equals);
    if (!another.isEmpty()) {
      return another
          + " answers, and keeps another journal: somebody had it go on alone. Go on with that one,"
          + " or stop Linekeeper there first; linekeeper status says more.";
    }
    long same = now.values().stream().filter(view -> view.kind == Kind.SAME).count();
    if ((same + 1) * 2 > node.members().size()) {
      return named(now, Kind.SAME::equals)
          + " answers and keeps the same journal: with this one that is a majority, and they agree"
          + " in a moment. If they do not, stop Linekeeper there first, then ask this again.";
    }
    Duration since = ticker.since(led);
    return since.compareTo(LEADERLESS) >= 0
        ? ""
        : "Only "
            + since.toSeconds()
            + " s ago one of the watchers led, or this one was started. Ask again when "
            + LEADERLESS.toSeconds()
            + " s have passed without.";
  }

  private static String named(Map<String, View> views, Predicate<Kind> which) {
    return views.entrySet().stream()
        .filter(each -> which.test(each.getValue().kind))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(" and "));
  }

  private Map<String, View> lookNow() {
    Map<String, CompletableFuture<View>> asked = new ConcurrentHashMap<>();
    for (JournalGroup.Seat seat : group.others()) {
      asked.put(
          seat.watcher(),
          CompletableFuture.supplyAsync(
              () -> look(seat),
              task -> Threads.named("journal-lookout-now").newThread(task).start()));
    }
    return asked.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().join()));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
