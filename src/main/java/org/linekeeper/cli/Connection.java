package org.linekeeper.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every client command: where the service is, and how to print its answer. */
final class Connection {
  static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "where Linekeeper is; else LINEKEEPER_URL, else " + DEFAULT_URL)
  @Nullable String url;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM file with the certificate to trust; else LINEKEEPER_CA")
  @Nullable Path ca;

  @Option(names = "--json", description = "print the service's own JSON")
  boolean json;

  URI address(Surroundings here) {
    String text = Optional.ofNullable(url).orElse(here.variable("LINEKEEPER_URL"));
    String address = text.isBlank() ? DEFAULT_URL : text.replaceFirst("/+$", "");
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // Said below, together with every other form that is no use.
    }
    throw new Failure(
        Exit.USAGE, address + " is not an address. Give one such as " + DEFAULT_URL + ".");
  }

  Optional<Path> authority(Surroundings here) {
    String variable = here.variable("LINEKEEPER_CA");
    return Optional.ofNullable(ca)
        .or(() -> variable.isEmpty() ? Optional.empty() : Optional.of(Path.of(variable)));
  }

  /** Name and password, joined as HTTP Basic wants them; empty where nobody has to log in. */
  Optional<String> login(Surroundings here) {
    String user = here.variable("LINEKEEPER_USER");
    return user.isEmpty() ? Optional.empty() : Optional.of(user + ":" + password(here));
  }

  private static String password(Surroundings here) {
    String file = here.variable("LINEKEEPER_PASSWORD_FILE");
    if (file.isEmpty()) {
      return here.variable("LINEKEEPER_PASSWORD");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new Failure(
          Exit.USAGE, "The file of LINEKEEPER_PASSWORD_FILE, " + file + ", cannot be read.");
    }
  }
}
