package org.linekeeper.gameday;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.linekeeper.lab.AsteriskRoot;
import org.linekeeper.lab.LabNetwork;
import tools.jackson.databind.ObjectMapper;

/** What runs in the carrier's namespace; started by {@link GameDay}. */
final class Inside {
  /** Begins the lines that carry a result for whoever started the game day. */
  static final String RESULT = "RESULT ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Inside() {}

  /**
   * @param args the network's number, then one of: {@code fault NAME VERSION}, {@code bench TOOL
   *     FAULT RUNS}, {@code noise SECONDS shipped|tolerant|three}, {@code watchers FAULT...},
   *     {@code kept by-hand|by-fence}
   */
  public static void main(String[] args) {
    endWithOurStarter();
    int status = 1;
    try {
      LabNetwork network = LabNetwork.inside(Integer.parseInt(args[0]));
      perform(network, Arrays.asList(args).subList(1, args.length));
      status = 0;
    } catch (Throwable e) {
      e.printStackTrace(System.out);
    }
    System.out.flush();
    // whatever is left of threads and processes: the network's end is theirs
    Runtime.getRuntime().halt(status);
  }

  private static void perform(LabNetwork network, List<String> words) throws Exception {
    switch (words.get(0)) {
      case "fault" -> result(FaultRun.of(network, Fault.named(words.get(1)), root(words)));
      case "bench" ->
          result(
              BenchRun.of(
                  network,
                  Tool.valueOf(words.get(1)),
                  BenchFault.valueOf(words.get(2)),
                  Integer.parseInt(words.get(3))));
      case "watchers" -> result(WatcherFaultRun.of(network, words.subList(1, words.size())));
      case "kept" -> result(KeptRun.of(network, words.get(1)));
      case "noise" -> result(NoiseRun.of(network, Long.parseLong(words.get(1)), words.get(2)));
      default -> throw new IllegalArgumentException("not known: " + words);
    }
  }

  static void result(Object value) {
    System.out.println(RESULT + JSON.writeValueAsString(value));
  }

  /** What the words are to be done with; made now if it is not there yet. */
  static AsteriskRoot root(List<String> words) {
    boolean old = words.get(0).equals("fault") && words.get(2).equals("16");
    return old ? AsteriskRoot.v16() : AsteriskRoot.v22();
  }

  /** Ends this process when its standard input does: when whoever started it is gone. */
  static void endWithOurStarter() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nobody writes; the end is what matters
                }
              } catch (IOException e) {
                // as good as the end
              }
              Runtime.getRuntime().halt(3);
            },
            "end-with-starter");
    watch.setDaemon(true);
    watch.start();
  }
}
