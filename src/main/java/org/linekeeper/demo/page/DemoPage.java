package org.linekeeper.demo.page;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.linekeeper.Office;
import org.linekeeper.command.Command;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.office.DemoSettings;
import org.linekeeper.demo.office.DemoWatcher;
import org.linekeeper.failover.CommandDesk.Told;
import org.linekeeper.settings.WebSettings;
import org.linekeeper.state.Actor;
import org.linekeeper.web.Backend;
import org.linekeeper.web.Desk;
import org.linekeeper.web.Panel;
import org.linekeeper.web.WebServer;

/** Linekeeper's own page with the demo's cards on it. */
public final class DemoPage implements AutoCloseable {
  private static final String CARDS = "demo/cards";

  private final WebServer web;

  private DemoPage(WebServer web) {
    this.web = web;
  }

  /** Each of several has its own page, as in an office; one alone has the demo's. */
  public static DemoWatcher.Front inFrontOf(DemoSettings settings) {
    return settings.several()
        ? service -> WebServer.start(Office.of(service))::close
        : service -> () -> {};
  }

  /** Opens it at the port that the office's settings say. */
  public static DemoPage open(DemoOffice office) {
    CallBoard board = new CallBoard();
    office.carrier().caller().onCall(board::ended);
    Threads threads = new Threads();
    Guide guide = new Guide(office);
    office.linekeeper().journal().onCommit(records -> guide.look());
    DemoViews views = new DemoViews(office, board, threads, guide);
    Backend backend = office.watchers().size() > 1 ? shown(office) : Office.of(office.linekeeper());
    return new DemoPage(
        WebServer.start(
            backend.withPanels(panels(office, views::view)),
            new DemoController(office, views, board, threads)));
  }

  /** A page of nobody's own, that shows and asks whichever of several leads. */
  private static Backend shown(DemoOffice office) {
    Supplier<Backend> now = () -> Office.of(office.linekeeper());
    return Backend.of(
            new WebSettings(
                "127.0.0.1",
                office.webPort(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false),
            office.clock(),
            now.get().ticker(),
            () -> now.get().overview().get(),
            new ShownJournal(() -> office.linekeeper().journal()),
            desk(now))
        .withNotices(() -> now.get().notices().get())
        .withSeen(() -> now.get().seen().get())
        .withMirrored(() -> now.get().mirrored().get());
  }

  private static Desk desk(Supplier<Backend> now) {
    return new Desk() {
      @Override
      public CompletionStage<Told> say(String words, Actor by) {
        return now.get().desk().say(words, by);
      }

      @Override
      public CompletionStage<Told> carryOut(Command command, Actor by) {
        return now.get().desk().carryOut(command, by);
      }
    };
  }

  /** What there is to try is the third, as the style sheet knows. */
  private static List<Panel> panels(DemoOffice office, Supplier<DemoView> view) {
    Panel callers = new Panel("Callers", true, CARDS, "callers", view);
    Panel pbxs = new Panel("Break a PBX", true, CARDS, "break-a-pbx", view);
    Panel guide = new Panel("Try this", false, CARDS, "try-this", view);
    Panel phones = new Panel("Staff phones", false, CARDS, "staff-phones", view);
    return office.watchers().size() > 1
        ? List.of(
            new Panel("Watchers and links", true, CARDS, "cut-a-link", view),
            callers,
            guide,
            pbxs,
            phones)
        : List.of(callers, pbxs, guide, phones);
  }

  /** What to open in a browser on this machine. */
  public URI address() {
    return web.address();
  }

  @Override
  public void close() {
    web.close();
  }
}
