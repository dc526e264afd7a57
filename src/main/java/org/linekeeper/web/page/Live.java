package org.linekeeper.web.page;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages which of their parts have changed; they fetch those anew. Only names go out
 * here, so a page that stopped reading costs a few bytes in a buffer, and one thread can serve them
 * all.
 */
final class Live implements SmartLifecycle {
  /** Faster than that, people see only flicker. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** A sign of life, so that dead connections are noticed on both sides. */
  private static final int TICKS_TO_BEAT = 60;

  /** The browser comes back by itself after that. */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final int MOST = 60;

  private static final Logger LOG = LoggerFactory.getLogger(Live.class);

  /** The parts of the page, each with what it shows; the names are those of the fragments. */
  private enum Part {
    HEADLINE(PageView::headline),
    PBXS(PageView::pbxs),
    DECISION(view -> List.of(view.decision(), view.actions())),
    NUMBERS(PageView::numbers),
    ATTENTION(PageView::attention),
    JOURNAL(PageView::journal);

    private final Function<PageView, Object> shows;

    Part(Function<PageView, Object> shows) {
      this.shows = shows;
    }

    String event() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private final Views views;
  private final List<SseEmitter> pages = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "live-page");
            made.setDaemon(true);
            return made;
          });
  private volatile boolean running;
  private Optional<PageView> shown = Optional.empty();
  private int ticks;

  /** Said once: four times a second it would bury the rest of the log. */
  private boolean failing;

  Live(Views views) {
    this.views = views;
  }

  /** Takes in one more page; empty if there are too many. */
  Optional<SseEmitter> open() {
    if (pages.size() >= MOST) {
      return Optional.empty();
    }
    SseEmitter page = new SseEmitter(LONGEST.toMillis());
    page.onCompletion(() -> pages.remove(page));
    page.onTimeout(page::complete);
    page.onError(gone -> pages.remove(page));
    pages.add(page);
    thread.execute(() -> begin(page));
    return Optional.of(page);
  }

  /** What changed while the page was not connected is not known, so it fetches everything once. */
  private void begin(SseEmitter page) {
    shown = Optional.of(shown.orElseGet(views::page));
    tell(page, List.of(Part.values()));
  }

  private void tick() {
    try {
      ticks++;
      if (pages.isEmpty()) {
        shown = Optional.empty();
        return;
      }
      PageView view = views.page();
      List<Part> changed = changed(view);
      shown = Optional.of(view);
      if (!changed.isEmpty()) {
        pages.forEach(page -> tell(page, changed));
      } else if (ticks % TICKS_TO_BEAT == 0) {
        pages.forEach(page -> send(page, SseEmitter.event().comment("still here")));
      }
      failing = false;
    } catch (RuntimeException defect) {
      if (!failing) {
        LOG.error("open pages are not told of changes now; reload them", defect);
      }
      failing = true;
    }
  }

  private List<Part> changed(PageView view) {
    List<Part> changed = new ArrayList<>();
    for (Part part : Part.values()) {
      if (!Objects.equals(shown.map(part.shows), Optional.of(part.shows.apply(view)))) {
        changed.add(part);
      }
    }
    return changed;
  }

  private void tell(SseEmitter page, List<Part> changed) {
    changed.forEach(part -> send(page, SseEmitter.event().name(part.event()).data("changed")));
  }

  private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
    try {
      page.send(event);
    } catch (IOException | IllegalStateException gone) {
      // The browser was closed or is on its way; it comes back with a new connection if it lives.
      pages.remove(page);
    }
  }

  @Override
  public void start() {
    running = true;
    thread.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Open connections would keep the server from closing. Whoever sends at this moment is not
   * interrupted: a page whose sending failed is not completed by Spring any more.
   */
  @Override
  public void stop() {
    running = false;
    thread.shutdown();
    pages.forEach(SseEmitter::complete);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
