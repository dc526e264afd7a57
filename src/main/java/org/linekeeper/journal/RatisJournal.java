package org.linekeeper.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeer;
import org.linekeeper.state.Actor;
import org.linekeeper.state.Counted;
import org.linekeeper.state.Entry;
import org.linekeeper.state.LeaseSeen;
import org.linekeeper.state.State;
import org.linekeeper.time.Ticker;

/** A journal kept by an embedded Apache Ratis server, alone or together with other watchers. */
public final class RatisJournal implements Journal {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /**
   * Commits of nothing in the first seconds, one after the other: without them an intent takes
   * three times as long until some hundreds have been committed, which an office would need years
   * for.
   */
  private static final int WARMING = 400;

  private static final Duration WARM_AFTER = Duration.ofSeconds(2);
  private static final Duration WARM_EVERY = Duration.ofMillis(10);

  /** On a disk that takes long there is no end to it, and it would be in the way. */
  private static final Duration WARM_FOR = Duration.ofSeconds(20);

  private static final String OVER =
      "The journal has ended here: this watcher stops, or starts anew to go on alone. Nothing is"
          + " begun.";

  private static final String NO_OTHERS =
      "This watcher keeps its journal without others, so nobody has to agree with it.";

  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(1, Threads.named("journal-watch"));
  private final InstantSource clock;
  private final JournalDisk disk;
  private final Listeners listeners;
  private final EntryMachine machine;
  private final RatisNode node;
  private final Appender appender;
  private final Renewals renewals;
  private final Continuation continuation;
  private final Optional<Company> company;
  private final CompletableFuture<Throwable> broken;
  private volatile String warning = "";

  /** What people were told of it. */
  private volatile String told = "";

  private volatile boolean closing;
  private volatile Function<byte[], CompletionStage<byte[]>> answers =
      question -> CompletableFuture.failedFuture(new IllegalStateException("nobody answers yet"));

  private RatisJournal(
      InstantSource clock,
      JournalDisk disk,
      Listeners listeners,
      EntryMachine machine,
      RatisNode node,
      Appender appender,
      Renewals renewals,
      Continuation continuation,
      Optional<Company> company,
      CompletableFuture<Throwable> broken) {
    this.clock = clock;
    this.disk = disk;
    this.listeners = listeners;
    this.machine = machine;
    this.node = node;
    this.appender = appender;
    this.renewals = renewals;
    this.continuation = continuation;
    this.company = company;
    this.broken = broken;
  }

  /**
   * Opens the journal, or makes it if there never was one, and returns when the state is whole.
   *
   * @param clock for the age of records, and the time of what the journal notes itself
   * @param ticker for deadlines
   * @param fatal told once, in a sentence for people, when nothing can be committed any more until
   *     the process is started anew: it is to exit and be restarted
   * @throws JournalRefused if what is there cannot be used, or another process is using it
   */
  public static RatisJournal open(
      JournalSettings settings, InstantSource clock, Ticker ticker, Consumer<String> fatal) {
    return new Opening(settings, clock, ticker, fatal).open();
  }

  static RatisJournal of(
      InstantSource clock,
      JournalDisk disk,
      Listeners listeners,
      EntryMachine machine,
      RatisNode node,
      Appender appender,
      Renewals renewals,
      Continuation continuation,
      Optional<Company> company,
      CompletableFuture<Throwable> broken) {
    RatisJournal journal =
        new RatisJournal(
            clock,
            disk,
            listeners,
            machine,
            node,
            appender,
            renewals,
            continuation,
            company,
            broken);
    machine.onAsked(journal::answer);
    company.ifPresent(Company::start);
    journal.watch.scheduleWithFixedDelay(
        journal::lookOnce, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    journal.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    journal.warm(WARMING, WARM_AFTER, clock.instant().plus(WARM_FOR));
    return journal;
  }

  @Override
  public CompletionStage<State> append(List<Entry> entries) {
    return continuation.over()
        ? CompletableFuture.failedFuture(new NotCommitted(OVER, null))
        : appender.append(entries);
  }

  @Override
  public CompletionStage<Counted> renew(Entry.LeaseRenewed renewal) {
    return continuation.over()
        ? CompletableFuture.failedFuture(new NotCommitted(OVER, null))
        : renewals.renew(renewal);
  }

  @Override
  public void rehearse(List<Entry> entries) {
    try {
      watch.execute(() -> appender.rehearse(entries));
    } catch (RejectedExecutionException closed) {
      // nothing will be committed any more, so there is nothing to learn either
    }
  }

  @Override
  public State state() {
    return machine.state();
  }

  @Override
  public List<Recorded> latest(int most) {
    return disk.history().latest(most);
  }

  @Override
  public void onCommit(Consumer<List<Recorded>> listener) {
    listeners.add(listener);
  }

  @Override
  public String trouble() {
    Throwable cause = broken.getNow(null);
    if (cause != null) {
      return Opening.stopped(cause);
    }
    if (continuation.over()) {
      return OVER;
    }
    if (closing) {
      return "The journal is closed: Linekeeper is stopping.";
    }
    String notYet = company.map(Company::members).map(Membership::trouble).orElse("");
    if (!notYet.isEmpty()) {
      return notYet;
    }
    return node.ready() || node.leader().isPresent()
        ? appender.trouble()
        : "The journal has no leader at the moment.";
  }

  @Override
  public Optional<LeaseSeen> lease() {
    return machine.lease();
  }

  @Override
  public boolean leads() {
    return !continuation.over()
        && !continuation.owes()
        && company.map(Company::mayAct).orElseGet(node::ready);
  }

  @Override
  public Standing standing() {
    return new Standing(
        leads(),
        node.leader().map(RaftPeer::getId).map(Membership::watcher),
        node.members().stream().map(RaftPeer::getId).map(Membership::watcher).sorted().toList(),
        company.map(Company::members).map(Membership::lost).orElse(Set.of()),
        company.map(Company::members).map(Membership::silent).orElse(Set.of()),
        company.map(Company::lookout).map(Lookout::apart).orElse(List.of()));
  }

  @Override
  public CompletionStage<String> whyNotAlone() {
    return aside(lookout -> lookout.whyNotAlone());
  }

  @Override
  public CompletionStage<String> goOnAlone(Actor by) {
    return aside(
        lookout -> {
          String whyNot = continuation.over() ? OVER : lookout.whyNotAlone();
          if (whyNot.isEmpty()) {
            continuation.part(by);
          }
          return whyNot;
        });
  }

  /** It takes seconds, and whoever asks must not wait for them. */
  private CompletionStage<String> aside(Function<Lookout, String> answer) {
    return company
        .map(Company::lookout)
        .<CompletionStage<String>>map(
            lookout ->
                CompletableFuture.supplyAsync(
                    () -> answer.apply(lookout),
                    task -> Threads.named("journal-alone").newThread(task).start()))
        .orElseGet(() -> CompletableFuture.completedFuture(NO_OTHERS));
  }

  @Override
  public void letLead(String watcher) {
    company.map(Company::members).ifPresent(members -> members.ask(watcher));
  }

  @Override
  public void unfit(Set<String> watchers) {
    company.map(Company::members).ifPresent(members -> members.unfit(watchers));
  }

  @Override
  public void replace(String watcher) {
    company
        .map(Company::members)
        .flatMap(members -> members.waits(watcher))
        .ifPresent(
            peer -> append(List.of(new Entry.WatcherReplaced(clock.instant(), peer.toString()))));
  }

  @Override
  public CompletionStage<byte[]> ask(String watcher, byte[] question, Duration deadline) {
    return node.ask(watcher, Questions.other(question))
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .thenApply(RatisJournal::content);
  }

  @Override
  public void onAsked(Function<byte[], CompletionStage<byte[]>> answer) {
    answers = answer;
  }

  private static byte[] content(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(reply.getException());
    }
    return reply.getMessage().getContent().toByteArray();
  }

  private CompletableFuture<byte[]> answer(byte[] question) {
    if (Questions.isNothing(question)) {
      return CompletableFuture.completedFuture(new byte[0]);
    }
    if (Questions.isRenewal(question)) {
      return continuation.over()
          ? CompletableFuture.completedFuture(new byte[0])
          : renewals.heard(Questions.content(question), Questions.isPassedOn(question));
    }
    if (Questions.isWaits(question)) {
      String request = new String(Questions.content(question), StandardCharsets.UTF_8);
      company.map(Company::members).ifPresent(members -> members.heard(request));
      return CompletableFuture.completedFuture(new byte[0]);
    }
    if (Questions.isLineage(question)) {
      String request = new String(Questions.content(question), StandardCharsets.UTF_8);
      company.map(Company::lookout).ifPresent(lookout -> lookout.heard(request));
      return CompletableFuture.completedFuture(
          continuation.lineage().map(Lineage::written).orElseThrow());
    }
    return answers.apply(Questions.content(question)).toCompletableFuture();
  }

  @Override
  public String warning() {
    return warning;
  }

  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    if (!continuation.over()) {
      company.map(Company::members).ifPresent(Membership::leave);
    }
    awaitLastLook();
    appender.close();
    renewals.close();
    company.ifPresent(Company::close);
    try (disk;
        listeners) {
      node.close();
    }
  }

  private void warm(int times, Duration after, Instant end) {
    if (times > 0 && node.ready() && !closing && clock.instant().isBefore(end)) {
      watch.schedule(
          () -> append(List.of()).thenAccept(state -> warm(times - 1, WARM_EVERY, end)),
          after.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** What is thrown would end the looking for good. */
  private void lookOnce() {
    try {
      look();
    } catch (RuntimeException e) {
      warning = "The journal's disk cannot be looked at or written: " + e.getMessage() + ".";
    }
  }

  private void look() {
    if (continuation.over()) {
      return;
    }
    String vote = vote();
    if (!vote.isEmpty()) {
      disk.warning(vote); // which gives back what is kept for that
      vote = vote();
    }
    if (continuation.closedItself() && !closing) {
      broken.complete(new IllegalStateException("Ratis has closed itself"));
    }
    continuation.record(this::append);
    node.group().ifPresent(group -> disk.directory().complete(group.getUuid()));
    warning = disk.warning((machine.snapshotTrouble() + " " + vote).strip());
    String now = warning;
    if (!now.equals(told)) {
      told = now;
      if (!now.isEmpty()) {
        append(List.of(new Entry.Noted(clock.instant(), Entry.Noted.Weight.ALARM, now)))
            .exceptionally(
                notCommitted -> {
                  told = "";
                  return state();
                });
      }
    }
  }

  /** Why how this one voted is not written; empty text if it is. */
  private String vote() {
    try {
      node.rewriteVote();
      return "";
    } catch (IOException e) {
      return "How this watcher voted cannot be written: " + e.getMessage() + ".";
    }
  }

  /** Otherwise a look at the disk would go on after the directory is somebody else's. */
  private void awaitLastLook() {
    watch.shutdown();
    try {
      watch.awaitTermination(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
