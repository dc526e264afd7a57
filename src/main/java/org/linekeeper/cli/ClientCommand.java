package org.linekeeper.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A command that asks the running service. */
abstract class ClientCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it before the call
  @ParentCommand
  Root root;

  @Mixin Connection connection = new Connection();

  /** Asks, prints, and says how it ended. */
  abstract int run(Client client, Printer out);

  @Override
  public Integer call() {
    Surroundings here = root.here();
    return run(new Client(connection, here), new Printer(here.out()));
  }

  /** Prints the answer itself if that was asked for. */
  boolean printed(JsonNode answer, Printer out) {
    if (connection.json) {
      out.line(
          JsonMapper.shared()
              .writer()
              .with(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(answer));
    }
    return connection.json;
  }

  /** Asks for something to be done, in the words of a text. */
  int ask(Client client, Printer out, String text) {
    JsonNode told = client.command(text);
    boolean accepted = told.path("accepted").asBoolean(false);
    if (!printed(told, out)) {
      out.line(told.path("text").asString(""));
    }
    return accepted ? Exit.OK : Exit.REFUSED;
  }
}
