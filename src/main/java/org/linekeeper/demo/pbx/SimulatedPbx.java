package org.linekeeper.demo.pbx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linekeeper.demo.pbx.FeatureCode.Reply;
import org.linekeeper.net.IoLoop;
import org.linekeeper.sip.SipServer;
import org.linekeeper.sip.SipServer.Behaviour;
import org.linekeeper.sip.SipTimers;

/**
 * What would an Asterisk do here? A simulated one: to Linekeeper, which knows it only through AMI
 * and SIP, it is one; to the demo's panel and to tests it has switches for the faults of real ones.
 *
 * <p>The switches may be used from any thread, return when the fault is in force, and do nothing if
 * it is already.
 */
public final class SimulatedPbx implements AutoCloseable {
  /** How long {@code core stop now} takes from the event to the end, as measured. */
  private static final Duration SHUTDOWN_TAKES = Duration.ofMillis(1_200);

  /** {@code [linekeeper-command]} polls 25 times for its reply. */
  private static final Duration FEATURE_CODE_WAITS = Duration.ofSeconds(5);

  private final IoLoop loop;
  private final InstantSource clock;
  private final List<Consumer<PbxCall>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Map<String, String> astDb = new LinkedHashMap<>();
  private volatile PbxSettings settings;
  private volatile PbxState state = PbxState.STOPPED;
  private volatile @Nullable Running running;

  /** What exists while the process runs. */
  private record Running(PbxMemory memory, AmiServer ami, SipServer sip) {}

  /**
   * A PBX that is not started yet.
   *
   * @param clock its own clock, which may be wrong: the gate goes by it
   */
  public SimulatedPbx(IoLoop loop, InstantSource clock, PbxSettings settings) {
    this.loop = loop;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Boots it, gate open, on the ports it had before, or on free ones the first time if so set.
   *
   * @throws IOException if a port is taken by somebody else
   */
  public synchronized void start() throws IOException {
    if (state != PbxState.STOPPED) {
      return;
    }
    PbxMemory memory = new PbxMemory(settings, clock, astDb);
    String name = "Asterisk PBX " + PbxSettings.VERSION + " (" + settings.name() + ")";
    SipServer sip =
        SipServer.open(
            loop, SipTimers.RFC_3261, settings.sip(), name, new PbxSip(memory, this::tell));
    AmiServer ami;
    try {
      ami = openAmi(memory);
    } catch (IOException e) {
      sip.close();
      throw e;
    }
    settings = settings.at(ami.address(), sip.address());
    running = new Running(memory, ami, sip);
    state = PbxState.RUNNING;
  }

  private AmiServer openAmi(PbxMemory memory) throws IOException {
    List<AmiAction> actions =
        Stream.of(
                new LoginActions(memory).all(),
                new CoreActions(memory).all(),
                new VariableActions(memory).all(),
                new OriginateAction(memory).all(),
                new DialplanActions(memory).all(),
                new RegistrationActions(memory).all())
            .flatMap(List::stream)
            .toList();
    CompletableFuture<AmiServer> opened = new CompletableFuture<>();
    IOException[] failed = new IOException[1];
    loop.runAndWait(
        () -> {
          try {
            opened.complete(
                AmiServer.open(
                    loop, settings.ami(), settings.name(), new AmiActions(memory, actions)));
          } catch (IOException e) {
            failed[0] = e;
          }
        });
    IOException why = failed[0];
    if (why != null) {
      throw why;
    }
    return opened.join();
  }

  private void tell(PbxCall call) {
    if (call.answered()) {
      answered.incrementAndGet();
    }
    listeners.forEach(l -> l.accept(call));
  }

  /** Kills it (kill -9): everything closes at once and connects are refused. Memory is lost. */
  public synchronized void kill() {
    Running r = running;
    if (r == null) {
      return;
    }
    running = null;
    state = PbxState.STOPPED;
    // In one step, as the kernel does: a SIP answer after the end of AMI would mean that it lives.
    loop.runAndWait(
        () -> {
          r.sip.close();
          r.ami.close();
        });
  }

  /** Stops it in mid-step (SIGSTOP): TCP still connects, nothing answers, sockets stay open. */
  public synchronized void hang() {
    become(PbxState.HUNG);
  }

  /** Lets a hung one go on; it answers what has piled up. */
  public synchronized void resume() {
    if (state == PbxState.HUNG) {
      become(PbxState.RUNNING);
    }
  }

  /** Cuts its host off the network: nothing answers, new TCP connects time out. */
  public synchronized void cutOff() {
    become(PbxState.CUT_OFF);
  }

  /** Silences SIP alone (a firewall, a frozen pjsip thread); AMI and canary stay fine. */
  public synchronized void sipOnlyLoss() {
    become(PbxState.SIP_SILENT);
  }

  /** Ends {@link #cutOff} and {@link #sipOnlyLoss}. */
  public synchronized void reconnect() {
    if (state == PbxState.CUT_OFF || state == PbxState.SIP_SILENT) {
      become(PbxState.RUNNING);
    }
  }

  private void become(PbxState wanted) {
    Running r = running;
    if (r == null || state == wanted || state == PbxState.SHUTTING_DOWN) {
      return;
    }
    state = wanted;
    r.sip.behave(
        switch (wanted) {
          case HUNG -> Behaviour.FROZEN;
          case CUT_OFF, SIP_SILENT -> Behaviour.UNREACHABLE;
          case RUNNING, SHUTTING_DOWN, STOPPED -> Behaviour.SERVING;
        });
    loop.runAndWait(
        () -> {
          r.ami.thaw();
          switch (wanted) {
            case HUNG -> r.ami.freeze();
            case CUT_OFF -> r.ami.cutOff();
            case SIP_SILENT, RUNNING, SHUTTING_DOWN, STOPPED -> {}
          }
        });
  }

  /** {@code core stop now}: Shutdown event, SIP says 503, and after 1.2 s it is gone. */
  public synchronized void shutDownNow() {
    Running r = running;
    if (r == null || state == PbxState.SHUTTING_DOWN) {
      return;
    }
    become(PbxState.RUNNING);
    state = PbxState.SHUTTING_DOWN;
    r.sip.hangUpAll();
    loop.runAndWait(
        () -> {
          r.memory.shuttingDown(true);
          String how = r.memory.channels().isEmpty() ? "Cleanly" : "Uncleanly";
          String lines = "Shutdown: " + how + "\r\nRestart: False\r\n";
          r.ami.tell("Shutdown", AmiClass.SYSTEM, lines);
          loop.after(SHUTDOWN_TAKES, () -> endOf(r));
        });
  }

  private void endOf(Running r) {
    r.sip.close();
    r.ami.end();
    if (running == r) {
      running = null;
      state = PbxState.STOPPED;
    }
  }

  /**
   * Loses or regains its dialplan: the canary fails while OPTIONS stays 200. Lost with a restart.
   */
  public void breakDialplan(boolean broken) {
    withMemory(r -> r.memory.dialplanBroken(broken));
  }

  /** What its provider says to REGISTERs from now on; a restarted PBX finds it well again. */
  public void registrar(Registrar says) {
    withMemory(r -> r.memory.registrar(says));
  }

  /** Makes an outbound registration fail ({@code Rejected}) or come back ({@code Registered}). */
  public void registration(String name, boolean registered) {
    withMemory(
        r -> {
          String status = registered ? "Registered" : "Rejected";
          if (r.memory.registrations().replace(name, status) != null) {
            String lines = RegistrationActions.event(r.memory, name, status);
            r.ami.tell("Registry", AmiClass.SYSTEM, lines);
          }
        });
  }

  private void withMemory(Consumer<Running> change) {
    Running r = running;
    if (r != null) {
      loop.runAndWait(() -> change.accept(r));
    }
  }

  /** Someone at a desk phone dials a feature code and keys in code and PIN. What do they hear? */
  public CompletionStage<Reply> dialFeatureCode(FeatureCode code) {
    CompletableFuture<Reply> heard = new CompletableFuture<>();
    Running r = running;
    if (r == null || state != PbxState.RUNNING) {
      heard.complete(Reply.UNHEARD);
      return heard;
    }
    loop.execute(
        () -> FeatureCodeCall.place(loop, r.memory, r.ami, code, FEATURE_CODE_WAITS, heard));
    return heard.minimalCompletionStage();
  }

  /** Tells of every call that reaches it, on its loop's thread: what hears it must not wait. */
  public void onCall(Consumer<PbxCall> listener) {
    listeners.add(listener);
  }

  /** What is the matter with it? */
  public PbxState state() {
    return state;
  }

  /** Is its gate closed to the carrier's calls? A stopped one has no gate: false. */
  public boolean gateClosed() {
    boolean[] closed = {false};
    withMemory(r -> closed[0] = r.memory.gateClosed());
    return closed[0];
  }

  /** A global variable's value; empty text if it is not set or the PBX is stopped. */
  public String global(String name) {
    String[] value = {""};
    withMemory(r -> value[0] = r.memory.global(name));
    return value[0];
  }

  /** How many calls has it answered since it was made, restarts included? */
  public int callsAnswered() {
    return answered.get();
  }

  /** How it is set up, with the real ports once it was started. */
  public PbxSettings settings() {
    return settings;
  }

  /** Where its AMI is; port 0 until it was started. */
  public InetSocketAddress amiAddress() {
    return settings.ami();
  }

  /** Where its SIP is; port 0 until it was started. */
  public InetSocketAddress sipAddress() {
    return settings.sip();
  }

  /** Kills it; the loop stays with whoever made it. */
  @Override
  public void close() {
    kill();
  }
}
