package org.linekeeper.demo.page;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.linekeeper.Office;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.web.Panel;
import org.linekeeper.web.WebServer;

/** Linekeeper's own page with the demo's cards on it. */
public final class DemoPage implements AutoCloseable {
  private static final String CARDS = "demo/cards";

  private final WebServer web;

  private DemoPage(WebServer web) {
    this.web = web;
  }

  /** Opens it at the port that the office's settings say. */
  public static DemoPage open(DemoOffice office) {
    CallBoard board = new CallBoard();
    office.carrier().caller().onCall(board::ended);
    Threads threads = new Threads();
    Guide guide = new Guide();
    office
        .linekeeper()
        .journal()
        .onCommit(records -> guide.look(office.linekeeper().loop().overview()));
    DemoViews views = new DemoViews(office, board, threads, guide);
    return new DemoPage(
        WebServer.start(
            Office.of(office.linekeeper()).withPanels(panels(views::view)),
            new DemoController(office, views, board, threads)));
  }

  private static List<Panel> panels(Supplier<DemoView> view) {
    return List.of(
        new Panel("Callers", true, CARDS, "callers", view),
        new Panel("Break a PBX", true, CARDS, "break-a-pbx", view),
        new Panel("Try this", false, CARDS, "try-this", view),
        new Panel("Staff phones", false, CARDS, "staff-phones", view));
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
