package org.linekeeper.failover;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;
import org.linekeeper.journal.InMemoryJournal;
import org.linekeeper.net.IoLoop;
import org.linekeeper.probe.OwnLiveness;
import org.linekeeper.probe.PbxProber;
import org.linekeeper.probe.Scope;
import org.linekeeper.probe.SipAccess;
import org.linekeeper.secret.Secret;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.time.Ticker;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;
import org.linekeeper.verdict.Verdict;

/**
 * Watches and judges many PBXs as the service does, and nothing else: links, probers, judges, the
 * control thread and its turns. Argument: {@code lan} or {@code wan}; then on its input {@code NAME
 * AMI-PORT SIP-PORT} for each PBX, then {@code ready}. For each further line it says what it has
 * seen since the last: {@code answered lost healthy others}.
 */
public final class ManyWatched {
  private static final Duration TURN = Duration.ofMillis(20);
  private static final String HOST = "127.0.0.1";

  private final Ticker ticker = Ticker.system();
  private final Profile profile;
  private final List<String[]> pbxs;
  private final Map<Verdict.Kind, Integer> worst = new EnumMap<>(Verdict.Kind.class);
  private final Inbox inbox = new Inbox();
  private final LongAdder answered = new LongAdder();
  private final LongAdder lost = new LongAdder();

  private ManyWatched(Profile profile, List<String[]> pbxs) {
    this.profile = profile;
    this.pbxs = pbxs;
  }

  public static void main(String[] args) throws IOException {
    PrintStream reports = System.out;
    System.setOut(System.err); // the library's log must not stand among them
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    List<String[]> pbxs = new ArrayList<>();
    for (String line = in.readLine(); !line.equals("ready"); line = in.readLine()) {
      pbxs.add(line.split(" "));
    }
    ManyWatched many = new ManyWatched(args[0].equals("lan") ? Profile.lan() : Profile.wan(), pbxs);
    many.start();
    while (in.readLine() != null) {
      reports.println(many.report());
    }
    System.exit(0);
  }

  private void start() {
    Workers workers = Workers.start(ticker);
    IoLoop loop = workers.loop();
    ControlThread control = new ControlThread(Clockwork.real());
    Watch watch = new Watch(core(), profile, pbxs.stream().map(p -> new PbxId(p[0])).toList());
    OwnLiveness liveness = new OwnLiveness(workers, stall -> inbox.put(() -> watch.stalled(stall)));
    liveness.start();
    control.every(TURN, () -> turn(watch, liveness));
    for (String[] pbx : pbxs) {
      PbxId id = new PbxId(pbx[0]);
      PbxLink link = new PbxLink(ami(id, Integer.parseInt(pbx[1])), profile, workers);
      new PbxProber(
              link,
              new SipAccess(id, HOST, Integer.parseInt(pbx[2]), SipTransport.UDP, Optional.empty()),
              new Scope(Optional.of("from-carrier"), List.of()),
              profile,
              workers,
              loop,
              liveness,
              seen -> observed(control, watch, liveness, seen))
          .start();
      link.start();
    }
  }

  private static AmiAccess ami(PbxId id, int port) {
    return new AmiAccess(
        id, HOST, port, false, Optional.empty(), "linekeeper", Secret.of("s3cret"));
  }

  @SuppressWarnings("NullAway") // of these the watch uses the journal and the clocks only
  private Core core() {
    return new Core(
        "bench",
        new InMemoryJournal(),
        null,
        null,
        null,
        null,
        InstantSource.system(),
        ticker,
        () -> "id");
  }

  /** As {@link ControlLoop#observed}. */
  private void observed(
      ControlThread control, Watch watch, OwnLiveness liveness, Observation seen) {
    if (seen.probe() == Probe.AMI_PING || seen.probe() == Probe.SIP_OPTIONS) {
      (seen.seen() == Seen.ANSWERED ? answered : lost).increment();
    }
    inbox.report(() -> watch.observed(seen));
    if (seen.seen() != Seen.ANSWERED) {
      control.report(() -> turn(watch, liveness));
    }
  }

  private void turn(Watch watch, OwnLiveness liveness) {
    liveness.check();
    inbox.empty();
    Map<Verdict.Kind, Integer> count = new EnumMap<>(Verdict.Kind.class);
    watch.verdicts().values().forEach(v -> count.merge(v.kind(), 1, Integer::sum));
    synchronized (worst) {
      count.forEach((kind, number) -> worst.merge(kind, number, Integer::max));
    }
  }

  private String report() {
    String said = answered.sumThenReset() + " " + lost.sumThenReset();
    synchronized (worst) {
      said += " " + worst;
      worst.clear();
    }
    return said;
  }
}
