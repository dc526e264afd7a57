package org.linekeeper.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command before all others; alone, with a directory of settings, it is the service. */
@Command(
    name = "linekeeper",
    description = {
      "Keeps an office's phone lines ringing.",
      "",
      "With --config it is the service; the commands below ask the running one."
    },
    synopsisHeading = "Usage: ",
    customSynopsis = {"linekeeper --config DIR", "       linekeeper COMMAND [OPTIONS]"},
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or answered",
      "1:refused; nothing was changed",
      "2:wrong options or settings",
      "3:the service does not answer"
    },
    footer = {
      "",
      "LINEKEEPER_URL says where the service is, LINEKEEPER_USER and LINEKEEPER_PASSWORD who you are."
    })
final class Root implements Callable<Integer> {
  private final Surroundings here;
  private final Programs programs;

  @SuppressWarnings("NullAway.Init") // picocli sets it before the call
  @Spec
  CommandSpec spec;

  @Option(names = "--config", paramLabel = "DIR", description = "directory of the settings files")
  @Nullable Path config;

  Root(Surroundings here, Programs programs) {
    this.here = here;
    this.programs = programs;
  }

  Surroundings here() {
    return here;
  }

  Programs programs() {
    return programs;
  }

  /** The directory that was given. */
  Path config() {
    if (config == null) {
      throw new ParameterException(
          spec.commandLine(), "Say where the settings are: linekeeper --config DIR");
    }
    return config;
  }

  @Override
  public Integer call() {
    return programs.serve(config());
  }
}
