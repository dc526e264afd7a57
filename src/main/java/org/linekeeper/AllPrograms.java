package org.linekeeper;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.cli.Programs;
import org.linekeeper.cli.Surroundings;
import org.linekeeper.demo.Demo;
import org.linekeeper.demo.DemoCarrier;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.journal.JournalRefused;
import org.linekeeper.journal.PeerKeys;
import org.linekeeper.service.Checkup;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.web.WebServer;
import tools.jackson.databind.json.JsonMapper;

/** What the jar can be besides a client. */
final class AllPrograms implements Programs {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int WRONG_SETTINGS = 2;

  /** EX_SOFTWARE of sysexits.h: the service manager is to start it anew. */
  private static final int RESTART_ME = 70;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, String> environment;

  AllPrograms(Surroundings here) {
    this.out = here.out();
    this.err = here.err();
    this.environment = here.env();
  }

  @Override
  public int serve(Path config) {
    Optional<Settings> settings = read(config);
    if (settings.isEmpty()) {
      return WRONG_SETTINGS;
    }
    CountDownLatch closed = new CountDownLatch(1);
    try (Service service =
            Service.start(settings.get(), config, Clocks.system(), this::restartNeeded);
        WebServer web = WebServer.start(Office.of(service))) {
      out.println(
          "Linekeeper watches over " + settings.get().estate().office() + ": " + web.address());
      out.flush();
      awaitEnd(closed);
      return OK;
    } catch (JournalRefused refused) {
      err.println(refused.getMessage());
      return FAILED;
    } finally {
      closed.countDown();
    }
  }

  private Optional<Settings> read(Path config) {
    SettingsRead read = Service.reader().read(config);
    read.problems().forEach(err::println);
    if (!read.problems().isEmpty()) {
      err.println(
          "Linekeeper has not started: PBXs and routes stay as they are. Mend the lines above.");
    }
    return read.settings();
  }

  /** Ends the process, so that what keeps it running starts it anew with a fresh journal. */
  private void restartNeeded(String why) {
    err.println(why);
    err.flush();
    Runtime.getRuntime().halt(RESTART_ME);
  }

  /** Returns when the process is told to end; it ends once {@code closed}, or after 5 s. */
  private static void awaitEnd(CountDownLatch closed) {
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending(end, closed), "end"));
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The journal is closed in order; the PBXs need nothing from us for that. */
  private static void ending(CountDownLatch end, CountDownLatch closed) {
    end.countDown();
    try {
      if (!closed.await(5, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int check(Path config, Optional<String> live, boolean json) {
    Optional<Settings> settings = read(config);
    if (settings.isEmpty()) {
      return WRONG_SETTINGS;
    }
    String region = settings.get().estate().targets().region();
    Optional<PhoneNumber> spare = live.flatMap(text -> PhoneNumber.parse(text, region));
    if (live.isPresent() && spare.isEmpty()) {
      err.println("\"" + live.get() + "\" is not a telephone number.");
      return WRONG_SETTINGS;
    }
    Checkup checkup = new Checkup(settings.get(), Clocks.system());
    List<CheckResult> results = new ArrayList<>(checkup.run());
    spare.ifPresent(number -> results.addAll(checkup.live(number)));
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(results));
    } else {
      results.forEach(this::print);
      print(results);
    }
    return results.stream().anyMatch(result -> result.level() == Level.FAILURE) ? FAILED : OK;
  }

  private void print(CheckResult result) {
    out.printf(
        "%-8s %s: %s%n",
        result.level().name().toLowerCase(Locale.ROOT), result.what(), result.said());
    if (!result.remedy().isEmpty()) {
      out.printf("         -> %s%n", result.remedy());
    }
  }

  private void print(List<CheckResult> results) {
    long failures = results.stream().filter(r -> r.level() == Level.FAILURE).count();
    long warnings = results.stream().filter(r -> r.level() == Level.WARNING).count();
    out.printf("%d looked at, %d warnings, %d failures%n", results.size(), warnings, failures);
  }

  @Override
  public int keys(Path directory, Map<String, String> hosts) {
    try {
      List<Path> made = PeerKeys.make(directory, hosts);
      made.forEach(file -> out.println("made " + file));
      if (made.isEmpty()) {
        out.println("Nothing was missing in " + directory + ".");
      }
      return OK;
    } catch (IOException cannot) {
      err.println("The keys were not made: " + cannot.getMessage());
      return FAILED;
    }
  }

  @Override
  public int demo(int port, boolean three) {
    return running(() -> Demo.open(port, three), demo -> demo.greet(out));
  }

  @Override
  public int demoCarrier(int port) {
    return running(() -> DemoCarrier.open(environment, port), carrier -> carrier.greet(out));
  }

  /** Something that can be opened. */
  private interface Opening<T> {
    T open() throws IOException;
  }

  /** Opens it and keeps it until the process is told to end. */
  private <T extends AutoCloseable> int running(Opening<T> opening, Consumer<T> greeting) {
    CountDownLatch closed = new CountDownLatch(1);
    T open;
    try {
      open = opening.open();
    } catch (IOException cannot) {
      err.println(cannot.getMessage());
      return FAILED;
    }
    try {
      greeting.accept(open);
      awaitEnd(closed);
      open.close();
      return OK;
    } catch (Exception e) {
      throw new IllegalStateException("the demo does not end cleanly", e);
    } finally {
      closed.countDown();
    }
  }
}
