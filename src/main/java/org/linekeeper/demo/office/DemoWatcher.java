package org.linekeeper.demo.office;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.link.Network;
import org.linekeeper.service.Clocks;
import org.linekeeper.service.Service;
import org.linekeeper.settings.Problem;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SettingsRead;
import org.linekeeper.settings.SettingsReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Linekeeper of the demo: a real one, with its journal, and its own page if it has one. */
public final class DemoWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DemoWatcher.class);

  private final String name;
  private final Path directory;
  private final SettingsReader reader;
  private final Clocks clocks;
  private final Network network;
  private final Front front;
  private volatile Condition condition = Condition.RUNNING;
  private @Nullable AutoCloseable page;
  private volatile @Nullable Service running;

  /** How a watcher can be. */
  public enum Condition {
    RUNNING,
    DYING,
    DEAD,
    STARTING
  }

  /** What is opened in front of each Linekeeper that starts, such as its page. */
  public interface Front {
    /**
     * Opens it.
     *
     * @return closes it
     */
    AutoCloseable open(Service started);
  }

  /**
   * One that is not started yet.
   *
   * @param directory of the settings files
   * @param environment what {@code ${env:NAME}} in them stands for
   */
  DemoWatcher(
      String name,
      Path directory,
      Map<String, String> environment,
      Clocks clocks,
      Network network,
      Front front) {
    this.name = name;
    this.network = network;
    this.directory = directory;
    this.reader = Service.reader(environment);
    this.clocks = clocks;
    this.front = front;
  }

  /** As it is called in the settings. */
  public String name() {
    return name;
  }

  /** The running Linekeeper; empty while it does not run. */
  public Optional<Service> running() {
    return Optional.ofNullable(running);
  }

  /**
   * What the files say now.
   *
   * @throws IOException if they have mistakes
   */
  Settings read() throws IOException {
    SettingsRead read = reader.read(directory);
    Optional<Settings> found = read.settings();
    if (found.isEmpty()) {
      List<Problem> problems = read.problems();
      throw new IOException(
          "The files in "
              + directory
              + " have mistakes:\n"
              + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
    return found.get();
  }

  /**
   * Starts it with what the files say now; its journal goes on where it was.
   *
   * @throws IOException if the files have mistakes
   */
  synchronized void start() throws IOException {
    if (running != null) {
      return;
    }
    Service service =
        Service.start(
            read(),
            directory,
            reader,
            clocks,
            why -> LOG.error("{} asks to be restarted: {}", name, why));
    try {
      page = front.open(service);
    } catch (RuntimeException e) {
      service.close();
      throw e;
    }
    running = service;
  }

  /**
   * Its machine loses power: from this moment nothing gets out of it or in, so nobody can tell that
   * the Linekeeper in it is closed in order then, which takes some seconds.
   */
  public void kill() {
    network.dark(name);
    meanwhile(Condition.DYING, this::close);
  }

  /** Its machine has power again, and starts it, which takes some seconds. */
  public void revive() {
    meanwhile(
        Condition.STARTING,
        () -> {
          network.lit(name);
          try {
            start();
          } catch (IOException | RuntimeException e) {
            LOG.error("{} does not start", name, e);
          }
        });
  }

  /** How it is. */
  public Condition condition() {
    return condition;
  }

  private void meanwhile(Condition until, Runnable work) {
    condition = until;
    Thread thread =
        new Thread(
            () -> {
              synchronized (this) {
                condition = until;
                work.run();
                condition = running == null ? Condition.DEAD : Condition.RUNNING;
              }
            },
            name + "-power");
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops it; the phones stay as they are. */
  @Override
  public synchronized void close() {
    Service service = running;
    running = null;
    if (page != null) {
      try {
        page.close();
      } catch (Exception e) {
        LOG.warn("the page of {} does not stop cleanly", name, e);
      }
      page = null;
    }
    if (service != null) {
      service.close();
    }
  }
}
