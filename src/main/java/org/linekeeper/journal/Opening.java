package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.linekeeper.time.Ticker;

/** Puts a {@link RatisJournal} together, and refuses what must not be gone on with. */
record Opening(
    JournalSettings settings, InstantSource clock, Ticker ticker, Consumer<String> fatal) {
  private static final String RESTORE =
      "Keep a copy of the directory, then restore it from a backup; before-images.json there says"
          + " how every moved number was.";

  RatisJournal open() {
    EntryCodec codec = new EntryCodec();
    JournalDisk disk = disk(codec);
    try {
      return open(disk, codec);
    } catch (RuntimeException e) {
      disk.close();
      throw e;
    }
  }

  private JournalDisk disk(EntryCodec codec) {
    try {
      return JournalDisk.open(settings, codec, clock);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private RatisJournal open(JournalDisk disk, EntryCodec codec) {
    CompletableFuture<Throwable> broken = new CompletableFuture<>();
    Listeners listeners = new Listeners();
    EntryMachine machine =
        new EntryMachine(
            codec, disk.history(), disk.beforeImages(), listeners, ticker, broken::complete);
    long known = disk.history().last();
    RatisNode node = start(disk.directory(), machine);
    try {
      if (node.alone()) {
        awaitReady(machine, broken);
        refuseIfLost(machine.count(), known);
        node.group().ifPresent(group -> disk.directory().complete(group.getUuid()));
      } else {
        // What is committed only the others can say, and they may not be there yet.
        machine.tellAfter(known);
      }
    } catch (RuntimeException e) {
      node.close();
      listeners.close();
      throw e;
    }
    // On a thread of its own: whoever is told ends the process, which waits for Ratis' threads.
    broken.thenAcceptAsync(
        cause -> fatal.accept(stopped(cause)),
        task -> Threads.named("journal-fatal").newThread(task).start());
    Appender appender =
        new Appender(node, machine, codec, ticker, settings.commitDeadline(), broken::complete);
    Continuation continuation = new Continuation(disk, machine, node, clock, broken);
    Optional<Company> company =
        settings.group().flatMap(group -> company(group, node, machine, continuation, codec));
    Renewals renewals = new Renewals(node, machine, codec, node.renewing());
    return RatisJournal.of(
        clock, disk, listeners, machine, node, appender, renewals, continuation, company, broken);
  }

  private Optional<Company> company(
      JournalGroup group,
      RatisNode node,
      EntryMachine machine,
      Continuation continuation,
      EntryCodec codec) {
    return node.others()
        .flatMap(
            others ->
                node.aside()
                    .map(
                        aside ->
                            company(group, node, machine, continuation, codec, others, aside)));
  }

  private Company company(
      JournalGroup group,
      RatisNode node,
      EntryMachine machine,
      Continuation continuation,
      EntryCodec codec,
      PeerRpc others,
      PeerRpc aside) {
    Leadership leadership = new Leadership(node, Payload.pack(codec.encode(List.of())), ticker);
    return new Company(
        new Membership(
            group,
            node,
            others,
            ticker,
            continuation::mayGrow,
            peer -> machine.state().replaced().contains(peer.toString()),
            leadership::lapsed),
        leadership,
        new Lookout(group, node, aside, continuation, ticker));
  }

  private RatisNode start(JournalDirectory directory, EntryMachine machine) {
    try {
      return RatisNode.start(directory, settings.group(), machine);
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private void awaitReady(EntryMachine machine, CompletableFuture<Throwable> broken) {
    Duration deadline = settings.startDeadline();
    try {
      CompletableFuture.anyOf(machine.ready(), broken)
          .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new JournalRefused(
          "The journal could not be read within " + deadline.toSeconds() + " s.",
          "See whether its disk is slow or hung, then start again.",
          e);
    } catch (ExecutionException e) {
      throw unreadable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the journal was read", e);
    }
    Throwable cause = broken.getNow(null);
    if (cause != null) {
      throw unreadable(cause);
    }
  }

  /** Ratis takes a log that ends early for one that was always so short. */
  private static void refuseIfLost(long count, long known) {
    if (count < known) {
      throw new JournalRefused(
          "The journal ends at record "
              + count
              + ", but record "
              + known
              + " was committed: files were truncated, removed or restored from an old copy.",
          RESTORE);
    }
  }

  static String stopped(Throwable cause) {
    return (cause instanceof JournalRefused || cause instanceof StartAnew)
            && cause.getMessage() != null
        ? cause.getMessage()
        : "The journal stopped: "
            + cause
            + ". Nothing can be recorded here, so nothing is done to the phones from here until"
            + " Linekeeper is started anew.";
  }

  static JournalRefused unreadable(Throwable cause) {
    Throwable root = cause;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      if (next instanceof JournalRefused refused) {
        return refused;
      }
      if (next instanceof UnsatisfiedLinkError) {
        return new JournalRefused(
            "The library that encrypts what the watchers say to each other cannot be loaded: "
                + next.getMessage()
                + ".",
            "It is unpacked into "
                + System.getProperty("java.io.tmpdir")
                + ": programs must be allowed to run from there (no mount option noexec), or start"
                + " Java with -Djava.io.tmpdir=DIR and a directory where they are.",
            cause);
      }
      root = next;
    }
    return new JournalRefused(
        "The journal cannot be read: " + root.getMessage() + ".", RESTORE, cause);
  }
}
