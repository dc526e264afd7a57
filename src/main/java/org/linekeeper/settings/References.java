package org.linekeeper.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.secret.Secret;

/** Values that stand elsewhere: {@code ${env:NAME}} and {@code file:/run/secrets/name}. */
final class References {
  private static final Pattern ENV = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]{0,127})}");
  private static final String FILE = "file:";

  /** A private key or token is smaller; a mistaken path to something large must not be read in. */
  private static final int LARGEST_SECRET = 16 * 1024;

  private final Path directory;
  private final Function<String, Optional<String>> environment;

  References(Path directory, Function<String, Optional<String>> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** A value that is not secret: itself, or what the environment says. */
  Optional<String> plain(Value value, String text) {
    Matcher env = ENV.matcher(text);
    if (env.matches()) {
      return fromEnvironment(value, env.group(1));
    }
    if (text.contains("${")) {
      value.wrong(
          value.label() + " has a \"${\" that is not a reference",
          "write ${env:NAME} and nothing else in the value");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** A secret value; one that stands in the file itself is refused, and is not repeated. */
  Optional<Secret> secret(Value value, String text) {
    Matcher env = ENV.matcher(text);
    if (env.matches()) {
      return fromEnvironment(value, env.group(1)).map(Secret::of);
    }
    if (text.startsWith(FILE)) {
      return fromFile(value, text.substring(FILE.length())).map(Secret::of);
    }
    value.wrong(
        value.label() + " stands here in the open",
        "write ${env:NAME} or file:PATH instead, put the secret there, and change it if others"
            + " have seen this file");
    return Optional.empty();
  }

  private Optional<String> fromEnvironment(Value value, String name) {
    Optional<String> found = environment.apply(name).filter(text -> !text.isBlank());
    if (found.isEmpty()) {
      value.wrong(
          value.label() + " refers to the environment variable " + name + ", which is not set",
          "set " + name + " where Linekeeper is started");
    }
    return found;
  }

  private Optional<String> fromFile(Value value, String name) {
    try {
      Path path = directory.resolve(name);
      if (!Files.isRegularFile(path)) {
        return unreadable(value, name, "is not there");
      }
      try (InputStream in = Files.newInputStream(path)) {
        byte[] bytes = in.readNBytes(LARGEST_SECRET + 1);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length > LARGEST_SECRET) {
          return unreadable(value, name, "is larger than 16 kB");
        }
        return text.isEmpty() ? unreadable(value, name, "is empty") : Optional.of(text);
      }
    } catch (InvalidPathException | IOException e) {
      return unreadable(value, name, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Optional<String> unreadable(Value value, String name, String why) {
    value.wrong(
        value.label() + " refers to the file " + Problem.quote(name) + ", which " + why,
        "name a file that holds only the secret and that Linekeeper's user may read");
    return Optional.empty();
  }
}
