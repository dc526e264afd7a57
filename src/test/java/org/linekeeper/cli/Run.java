package org.linekeeper.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the command line and what came of it. */
record Run(int exit, String out, String err, List<String> started) {
  static Run of(Map<String, String> env, String typed, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> started = new ArrayList<>();
    int exit =
        Cli.run(
            new Surroundings(
                env,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true)),
            programs(started),
            arguments);
    return new Run(exit, out.toString(), err.toString(), started);
  }

  static Run at(StubService service, String... arguments) {
    return of(Map.of("LINEKEEPER_URL", service.url()), "", arguments);
  }

  private static Programs programs(List<String> started) {
    return new Programs() {
      @Override
      public int serve(Path config) {
        started.add("serve " + config);
        return 0;
      }

      @Override
      public int check(Path config, Optional<String> live, boolean json) {
        started.add(
            "check " + config + live.map(l -> " live " + l).orElse("") + (json ? " json" : ""));
        return 1;
      }

      @Override
      public int keys(Path directory, Map<String, String> hosts) {
        started.add("keys " + directory + " " + hosts);
        return 0;
      }

      @Override
      public int demo(int port, boolean three) {
        started.add("demo " + port + (three ? " three" : ""));
        return 0;
      }

      @Override
      public int demoCarrier(int port) {
        started.add("demo-carrier " + port);
        return 0;
      }
    };
  }
}
