package org.linekeeper.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.linekeeper.settings.Passwords;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Makes what the files hold of a password or PIN, without showing or keeping it. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    description =
        "Read a password or PIN, typed unseen or piped in, and print its hash for the files.")
final class Hash implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before the call
  @ParentCommand
  Root root;

  @Override
  public Integer call() throws IOException {
    String secret = secret();
    try {
      new Printer(root.here().out()).line(Passwords.hash(secret).encoded());
      return Exit.OK;
    } catch (IllegalArgumentException wrong) {
      throw new Failure(Exit.USAGE, "That cannot be used: " + wrong.getMessage() + ".");
    }
  }

  private String secret() throws IOException {
    Console console = System.console();
    if (console != null && root.here().in() == System.in) {
      char[] typed = console.readPassword("Password or PIN: ");
      return typed == null ? "" : new String(typed);
    }
    BufferedReader piped =
        new BufferedReader(new InputStreamReader(root.here().in(), StandardCharsets.UTF_8));
    return Optional.ofNullable(piped.readLine()).orElse("");
  }
}
