package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.linekeeper.time.Ticker;

/**
 * Who keeps the journal together. A watcher that does not belong asks the others in. The one that
 * is to begin the journal does so only if all of them say that they have none; every other waits
 * until the one that leads takes it in. One whose name belongs already, since its directory was
 * lost, is taken in only when somebody says so: as another peer it knows nothing of what it had
 * promised, and two such at once would lose what was decided.
 */
final class Membership implements AutoCloseable {
  private static final Duration TURN = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(1);

  /** Two tries of the longest answer, and some: not a blink of the network. */
  static final Duration SILENT = Duration.ofSeconds(3);

  private static final Duration WARM = Duration.ofSeconds(2);

  /** Some milliseconds are enough; whoever is told to end does not have long. */
  private static final Duration HAND_OVER = Duration.ofSeconds(1);

  /** A leader that has just been elected, or a watcher that is just back, is left alone. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  /** After more than one went on alone; in two journals at once it would be of use to neither. */
  private static final String DIFFER =
      "This watcher waits to be taken in, but the others keep different journals. Their pages say"
          + " which one went on alone; stop Linekeeper where the other one is.";

  /** Who has asked within this time still waits. */
  private static final Duration WAITS = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Threads.named("journal-members"));
  private final JournalGroup group;
  private final RatisNode node;
  private final PeerRpc others;
  private final BooleanSupplier mayGrow;
  private final Ticker ticker;
  private final BooleanSupplier lapsed;
  private final Deque<Committed> committed = new ConcurrentLinkedDeque<>();
  private final Map<String, Newcomer> waiting = new ConcurrentHashMap<>();
  private final Predicate<RaftPeerId> replaced;
  private Duration warmed = WARM.negated();
  private Optional<Duration> led = Optional.empty();
  private long calls;
  private volatile String trouble = "";
  private volatile Set<String> unfit = Set.of();
  private final AtomicReference<Optional<String>> asked = new AtomicReference<>(Optional.empty());

  /**
   * @param peer as Ratis would know it
   * @param at when it last asked
   */
  private record Newcomer(String watcher, RaftPeerId peer, Duration at) {}

  /** How far the log was committed at a moment. */
  private record Committed(Duration at, long index) {}

  /**
   * @param mayGrow whether others may be taken in now
   * @param replaced whether a person has said that this peer may be, although its name belongs
   * @param lapsed whether this watcher leads and nothing is committed any more
   */
  Membership(
      JournalGroup group,
      RatisNode node,
      PeerRpc others,
      Ticker ticker,
      BooleanSupplier mayGrow,
      Predicate<RaftPeerId> replaced,
      BooleanSupplier lapsed) {
    this.replaced = replaced;
    this.lapsed = lapsed;
    this.group = group;
    this.node = node;
    this.others = others;
    this.mayGrow = mayGrow;
    this.ticker = ticker;
  }

  void start() {
    thread.scheduleWithFixedDelay(this::turn, 0, TURN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why this watcher does not belong yet, or another cannot be taken in; empty text if neither. */
  String trouble() {
    return trouble;
  }

  /** Watchers that wait although their names belong already: their directories were lost. */
  Set<String> lost() {
    Set<String> names = members().keySet();
    return waiting().filter(names::contains).collect(Collectors.toSet());
  }

  /** As which peer that watcher waits; empty if it does not. */
  Optional<RaftPeerId> waits(String watcher) {
    return Optional.ofNullable(waiting.get(watcher))
        .filter(newcomer -> waiting().anyMatch(watcher::equals))
        .map(Newcomer::peer);
  }

  /** What a watcher that waits says, in the words of {@link #request}. */
  void heard(String request) {
    String[] words = request.split(" ", 2);
    if (words.length == 2 && group.others().stream().anyMatch(s -> s.watcher().equals(words[0]))) {
      waiting.put(words[0], new Newcomer(words[0], RaftPeerId.valueOf(words[1]), ticker.now()));
    }
  }

  private String request() {
    return group.here().watcher() + " " + node.self().getId();
  }

  /** The watcher to whom a peer belongs. */
  static String watcher(RaftPeerId peer) {
    return peer.toString().split("\\.", 2)[0];
  }

  private Map<String, RaftPeer> members() {
    Map<String, RaftPeer> members = new HashMap<>();
    node.members().forEach(peer -> members.put(watcher(peer.getId()), peer));
    return members;
  }

  private Stream<String> waiting() {
    Duration since = ticker.now().minus(WAITS);
    return waiting.values().stream()
        .filter(newcomer -> newcomer.at.compareTo(since) >= 0)
        .filter(newcomer -> node.members().stream().noneMatch(p -> p.getId().equals(newcomer.peer)))
        .map(Newcomer::watcher);
  }

  /**
   * While this one leads: those of whom it has not heard for {@link #SILENT}, or who have not
   * written by now what was committed so long ago.
   */
  Set<String> silent() {
    Stream<RaftPeerId> behind =
        Optional.ofNullable(committed.peekFirst())
            .filter(then -> ticker.since(then.at).compareTo(SILENT) >= 0)
            .map(then -> node.behind(then.index).stream())
            .orElse(Stream.of());
    return Stream.concat(node.silentFor(SILENT).stream(), behind)
        .map(Membership::watcher)
        .collect(Collectors.toSet());
  }

  private void remember() {
    if (node.ready()) {
      Duration now = ticker.now();
      committed.addLast(new Committed(now, node.committed()));
      // the first is the latest of those that are old enough
      while (committed.size() > 1 && now.minus(second().at).compareTo(SILENT) >= 0) {
        committed.removeFirst();
      }
    } else {
      committed.clear();
    }
  }

  private Committed second() {
    Iterator<Committed> each = committed.iterator();
    each.next();
    return each.next();
  }

  private void turn() {
    remember();
    try {
      if (!node.belongs()) {
        beginOrAskIn();
      } else if (node.ready() && lapsed.getAsBoolean()) {
        letAnotherLead();
      } else if (node.ready()) {
        if (mayGrow.getAsBoolean()) {
          takeIn();
        }
        Optional<String> to = asked.getAndSet(Optional.empty());
        if (to.isPresent()) {
          letLead(to.get());
        } else {
          handOver();
        }
        keepWarm();
      } else {
        keepWarm();
        led = Optional.empty();
        asked.set(Optional.empty());
        trouble = "";
      }
    } catch (IOException | RuntimeException e) {
      trouble = "The watchers cannot be changed: " + e.getMessage();
    }
  }

  private void beginOrAskIn() throws IOException {
    List<String> unsure = new ArrayList<>();
    Map<RaftPeer, RaftGroupId> keep = new LinkedHashMap<>();
    for (JournalGroup.Seat seat : group.others()) {
      RaftPeer peer = Transport.peer(RaftPeerId.valueOf(seat.watcher()), seat);
      try {
        others.group(peer).ifPresent(theirs -> keep.put(peer, theirs));
      } catch (IOException unreachable) {
        unsure.add(seat.watcher());
      }
    }
    Set<RaftGroupId> journals = new HashSet<>(keep.values());
    node.group().ifPresent(journals::add);
    if (journals.size() > 1) {
      trouble = DIFFER;
      return;
    }
    for (Map.Entry<RaftPeer, RaftGroupId> each : keep.entrySet()) {
      try {
        askIn(each.getKey(), each.getValue());
      } catch (IOException notLeading) {
        unsure.add(watcher(each.getKey().getId())); // another one may take it in
      }
    }
    if (!journals.isEmpty() || !group.begins()) {
      trouble = "This watcher has no journal yet and waits to be taken in by the others.";
    } else if (unsure.isEmpty()) {
      node.begin(++calls);
    } else {
      trouble =
          "This watcher has no journal yet and begins one only when all others have said that they"
              + " have none. Not yet heard from: "
              + String.join(", ", unsure)
              + ".";
    }
  }

  private void askIn(RaftPeer peer, RaftGroupId journal) throws IOException {
    byte[] request = Questions.waits(request());
    try {
      RaftClientReply reply = answer(others.askLeader(peer, journal, request));
      if (reply.getException() instanceof NotLeaderException elsewhere
          && elsewhere.getSuggestedLeader() != null) {
        answer(others.askLeader(elsewhere.getSuggestedLeader(), journal, request));
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RaftClientReply answer(CompletableFuture<RaftClientReply> reply)
      throws ExecutionException, TimeoutException, InterruptedException {
    return reply.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void takeIn() throws IOException {
    trouble = "";
    Map<String, RaftPeer> members = members();
    Map<String, RaftPeer> wanted = new HashMap<>();
    for (JournalGroup.Seat seat : group.all()) {
      Optional.ofNullable(members.get(seat.watcher()))
          .ifPresent(peer -> wanted.put(seat.watcher(), Transport.peer(peer.getId(), seat)));
    }
    Optional<RaftPeer> newcomer = newcomer(members);
    if (newcomer.isPresent()) {
      invite(newcomer.get());
      wanted.put(watcher(newcomer.get().getId()), newcomer.get());
    }
    if (!same(members, wanted)) {
      node.members(++calls, new ArrayList<>(wanted.values()));
    }
  }

  /**
   * A leader whose disk hangs commits nothing, although the others have written everything; and
   * Ratis would leave it at that, since it goes on to be heard.
   */
  private void letAnotherLead() {
    trouble = "This watcher leads and its journal cannot be written: its disk is slow or hangs.";
    handOverToAny();
  }

  private void handOverToAny() {
    Map<String, RaftPeer> members = members();
    Set<String> silent = silent();
    List<RaftPeer> able =
        group.others().stream()
            .filter(seat -> !silent.contains(seat.watcher()))
            .sorted(
                Comparator.comparing((JournalGroup.Seat seat) -> unfit.contains(seat.watcher()))
                    .thenComparing(JournalGroup.Seat::preference, Comparator.reverseOrder()))
            .flatMap(seat -> Optional.ofNullable(members.get(seat.watcher())).stream())
            .toList();
    for (RaftPeer peer : able) {
      if (handedOver(peer.getId())) {
        return;
      }
    }
  }

  /**
   * This watcher is about to end: if it leads, another one does before it is missed, so that the
   * renewals of the floating address go on. Blocks for a second at most.
   */
  void leave() {
    try {
      thread.submit(this::letLeadIfReady).get(HAND_OVER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException unable) {
      // then they elect one
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void letLeadIfReady() {
    if (node.ready()) {
      handOverToAny();
    }
  }

  private boolean handedOver(RaftPeerId to) {
    try {
      node.handOver(++calls, to);
      return true;
    } catch (IOException unable) {
      return false;
    }
  }

  /** That one is to lead in place of this one, at the next turn. */
  void ask(String watcher) {
    asked.set(Optional.of(watcher));
  }

  /** Those that are not to lead although they would do so best. */
  void unfit(Set<String> watchers) {
    unfit = Set.copyOf(watchers);
  }

  private void letLead(String watcher) {
    if (!silent().contains(watcher)) {
      Optional.ofNullable(members().get(watcher)).ifPresent(peer -> handedOver(peer.getId()));
    }
  }

  /** Whoever leads best does, once the others have been well for a while. */
  private void handOver() throws IOException {
    Duration now = ticker.now();
    Duration since = led.orElse(now);
    led = Optional.of(since);
    Map<String, RaftPeer> members = members();
    boolean whole = members.size() == group.all().size() && silent().isEmpty() && lost().isEmpty();
    if (!whole) {
      led = Optional.of(now);
    } else if (now.minus(since).compareTo(SETTLED) >= 0) {
      led = Optional.of(now); // should it fail, not at once again
      Optional<RaftPeer> best =
          group.others().stream()
              .filter(seat -> seat.preference() > group.here().preference())
              .filter(seat -> !unfit.contains(seat.watcher()))
              .max(Comparator.comparingInt(JournalGroup.Seat::preference))
              .map(seat -> members.get(seat.watcher()));
      if (best.isPresent()) {
        node.handOver(++calls, best.get().getId());
      }
    }
  }

  /**
   * Asks the others something now and then: a first question costs a handshake, and this process
   * has to learn how, just when the one that leads is gone.
   */
  private void keepWarm() {
    Optional<RaftGroupId> journal = node.group();
    Duration now = ticker.now();
    if (journal.isEmpty() || now.minus(warmed).compareTo(WARM) < 0) {
      return;
    }
    warmed = now;
    for (RaftPeer peer : members().values()) {
      if (!peer.getId().equals(node.self().getId())) {
        others.ask(peer, journal.get(), Questions.nothing()).handle((reply, silent) -> true);
      }
    }
  }

  private void invite(RaftPeer newcomer) throws IOException {
    Optional<RaftGroupId> journal = node.group();
    if (journal.isPresent()) {
      others.invite(newcomer, RaftGroup.valueOf(journal.get(), node.members()));
    }
  }

  private Optional<RaftPeer> newcomer(Map<String, RaftPeer> members) {
    Set<String> waits = waiting().collect(Collectors.toSet());
    return group.others().stream()
        .filter(seat -> waits.contains(seat.watcher()))
        .flatMap(
            seat ->
                Optional.ofNullable(waiting.get(seat.watcher()))
                    .map(newcomer -> Transport.peer(newcomer.peer, seat))
                    .stream())
        .filter(peer -> !members.containsKey(watcher(peer.getId())) || replaced.test(peer.getId()))
        .findFirst();
  }

  /** Peers are equal when their ids are; here their addresses count as well. */
  private static boolean same(Map<String, RaftPeer> members, Map<String, RaftPeer> wanted) {
    return members.keySet().equals(wanted.keySet())
        && members.entrySet().stream()
            .allMatch(
                entry ->
                    Optional.ofNullable(wanted.get(entry.getKey()))
                        .map(RaftPeer::getRaftPeerProto)
                        .filter(entry.getValue().getRaftPeerProto()::equals)
                        .isPresent());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
