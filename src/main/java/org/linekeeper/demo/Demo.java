package org.linekeeper.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.linekeeper.demo.office.DemoOffice;
import org.linekeeper.demo.office.DemoSettings;
import org.linekeeper.demo.page.DemoPage;

/** The demo office with its page: what {@code linekeeper demo} is. */
public final class Demo implements AutoCloseable {
  private static final int USUAL_PORT = 8080;

  private final DemoOffice office;
  private final DemoPage page;

  private Demo(DemoOffice office, DemoPage page) {
    this.office = office;
    this.page = page;
  }

  /**
   * Opens the office and its page.
   *
   * @param three whether three watchers look after it, and links can be cut
   * @throws IOException if it cannot, in a sentence for people
   */
  public static Demo open(int port, boolean three) throws IOException {
    mustBeFree(port);
    DemoSettings settings = DemoSettings.shipped(directory(port), port);
    return open(three ? settings.three() : settings);
  }

  /** With other settings. */
  static Demo open(DemoSettings settings) throws IOException {
    DemoOffice office = DemoOffice.open(settings, DemoPage.inFrontOf(settings));
    try {
      return new Demo(office, DemoPage.open(office));
    } catch (RuntimeException e) {
      office.close();
      throw e;
    }
  }

  private static void mustBeFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      socket.setReuseAddress(true);
    } catch (IOException taken) {
      throw new IOException(
          "Port "
              + port
              + " is taken by another program, so the demo's page cannot be there. Name another:\n"
              + "  mvn spring-boot:run -Dspring-boot.run.arguments=\"demo --port 8181\"\n"
              + "  java -jar linekeeper.jar demo --port 8181",
          taken);
    }
  }

  /** Where Maven builds, if started there, so that the files are easily found and swept away. */
  private static Path directory(int port) throws IOException {
    Path built = Path.of("target").toAbsolutePath();
    String name = port == USUAL_PORT ? "demo" : "demo-" + port;
    return Files.isDirectory(built) && Files.isRegularFile(Path.of("pom.xml"))
        ? built.resolve(name)
        : Files.createTempDirectory("linekeeper-" + name + "-");
  }

  /** Tells how to go on from here. */
  public void greet(PrintWriter out) {
    out.println();
    out.println("Linekeeper's demo office is open: " + page.address());
    out.println("  Two simulated PBXs, a carrier, staff with mobiles, and one call a second.");
    if (office.links().isEmpty()) {
      out.println("  Kill a PBX, text DIVERT SALES, move the clock: all on that page.");
    } else {
      out.println("  Three watchers: cut links, kill watchers and PBXs, all on that page.");
    }
    out.println("  Its files, to be edited while it runs: " + office.directory());
    out.println("  End it with Ctrl-C.");
    out.flush();
  }

  /** What to open in a browser on this machine. */
  public URI address() {
    return page.address();
  }

  /** The office behind the page. */
  DemoOffice office() {
    return office;
  }

  @Override
  public void close() {
    page.close();
    office.close();
  }
}
