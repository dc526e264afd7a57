package org.linekeeper.service;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.linekeeper.journal.Journal;
import org.linekeeper.settings.Settings;

/** The whole service with something around its journal, for tests in other packages. */
public final class ServiceAround {
  private ServiceAround() {}

  public static Service start(
      Settings settings,
      Path directory,
      Clocks clocks,
      Consumer<String> fatal,
      UnaryOperator<Journal> around) {
    return Service.start(settings, directory, clocks, fatal, around);
  }
}
