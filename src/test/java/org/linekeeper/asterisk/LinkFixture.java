package org.linekeeper.asterisk;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Profile;

/** Somebody who listens to everything that a link says, as the owner of one does. */
abstract class LinkFixture {
  static final PbxId WEST = new PbxId("west");
  static final Duration SOON = Duration.ofMillis(500);

  final Ticker ticker = Ticker.system();
  final Workers workers = Workers.start(ticker);
  final BlockingQueue<SessionNews> news = new LinkedBlockingQueue<>();
  final BlockingQueue<FeatureCodeCall> codes = new LinkedBlockingQueue<>();
  final AtomicInteger eventsEnded = new AtomicInteger();
  final List<String> shutdowns = new CopyOnWriteArrayList<>();
  private final List<PbxLink> links = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeLinks() {
    links.forEach(PbxLink::close);
    workers.close();
  }

  static AmiAccess access(InetSocketAddress at, String password) {
    return new AmiAccess(
        WEST,
        at.getHostString(),
        at.getPort(),
        false,
        Optional.empty(),
        "linekeeper",
        Secret.of(password));
  }

  PbxLink start(AmiAccess access) {
    PbxLink link = new PbxLink(access, Profile.lan(), workers);
    links.add(link);
    link.add(
        new PbxListener() {
          @Override
          public void onSession(PbxId pbx, SessionNews what) {
            news.add(what);
          }

          @Override
          public void onEventsEnded(PbxId pbx) {
            eventsEnded.incrementAndGet();
          }

          @Override
          public void onShutdown(PbxId pbx, String said) {
            shutdowns.add(said);
          }

          @Override
          public void onFeatureCode(FeatureCodeCall call) {
            codes.add(call);
          }
        });
    link.start();
    return link;
  }

  /** What is said next of the session; fails if nothing is within the time. */
  SessionNews next(Duration within) {
    return next(news, within);
  }

  static <T> T next(BlockingQueue<T> from, Duration within) {
    try {
      T value = from.poll(within.toMillis(), TimeUnit.MILLISECONDS);
      if (value == null) {
        throw new AssertionError("nothing was said within " + within);
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
