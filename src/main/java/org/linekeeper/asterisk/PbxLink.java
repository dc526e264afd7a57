package org.linekeeper.asterisk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ShutdownEvent;
import org.jspecify.annotations.Nullable;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.LoopRepeat;
import org.linekeeper.secret.Secret;
import org.linekeeper.state.Epoch;
import org.linekeeper.verdict.Profile;

/**
 * Everything that is asked of, told to and heard from one PBX over AMI. Two sessions are kept up:
 * one without events, whose answers are never queued behind a busy PBX's events, and one for the
 * events.
 *
 * <p>Nothing here waits or throws for what a PBX does: each answer comes by its deadline, on a
 * thread that serves every PBX and must not be kept.
 */
public final class PbxLink implements AutoCloseable {
  /** An events session says nothing for hours; so it is pinged to see whether it is still there. */
  private static final Duration EVENTS_PING = Duration.ofSeconds(1);

  private final AmiAccess access;
  private final Profile profile;
  private final Workers workers;
  private final List<PbxListener> listeners = new CopyOnWriteArrayList<>();
  private final AmiSession quiet;
  private final AmiSession events;
  private final GateControl gates;
  private final CanaryCalls canaries;
  private final PeerCalls peers;
  private final LoginAttempts logins;
  private final PbxLists lists;
  private final RegistrationControl registering;
  private volatile @Nullable LoopRepeat keeping;

  /** Connects nothing yet. */
  public PbxLink(AmiAccess access, Profile profile, Workers workers) {
    this.access = access;
    this.profile = profile;
    this.workers = workers;
    quiet =
        new AmiSession(
            access,
            workers,
            profile,
            "off",
            List.of(
                OutboundRegistrationDetailEvent.class,
                OutboundRegistrationDetailCompleteEvent.class),
            new Quiet());
    events =
        new AmiSession(
            access,
            workers,
            profile,
            "system,user",
            List.of(
                LinekeeperCanaryEvent.class,
                LinekeeperCarrierCallEvent.class,
                LinekeeperCommandEvent.class,
                LinekeeperEchoEvent.class,
                LinekeeperEchoedEvent.class),
            new Events());
    gates = new GateControl(quiet);
    canaries = new CanaryCalls(quiet, events, workers);
    peers = new PeerCalls(quiet, events, workers);
    logins = new LoginAttempts(access, workers);
    lists = new PbxLists(quiet);
    registering = new RegistrationControl(quiet, lists, workers, profile);
  }

  /** Adds somebody who wants to know what the PBX says; before {@link #start}. */
  public void add(PbxListener listener) {
    listeners.add(listener);
  }

  /** Begins to log in, and keeps both sessions up until {@link #close}. */
  public void start() {
    quiet.start();
    events.start();
    keeping =
        workers
            .loop()
            .every(
                EVENTS_PING,
                () -> {
                  if (events.isUp()) {
                    events.ping(profile.deadline());
                  }
                });
  }

  /** Which PBX. */
  public PbxId pbx() {
    return access.pbx();
  }

  /** How it is reached. */
  public AmiAccess access() {
    return access;
  }

  /** Whether it can be asked something now. */
  public boolean isUp() {
    return quiet.isUp();
  }

  /** Whether what it says unasked is heard now. */
  public boolean hears() {
    return events.isUp();
  }

  /** What does the PBX's own clock say? By the profile's deadline. */
  public CompletionStage<AmiAnswer<Instant>> ping() {
    return quiet.ping(profile.deadline());
  }

  /**
   * Turns the carrier's calls away, and reads that back.
   *
   * @param lease after this long, by the PBX's own clock, the gate opens by itself; at most {@link
   *     GateControl#LONGEST}, as the dialplan takes more for a mistake
   * @param still asked once more when the PBX has told the time: if it says no, nothing is done
   */
  public CompletionStage<AmiAnswer<Gate>> closeGate(
      Duration lease, Epoch epoch, BooleanSupplier still, Duration deadline) {
    return gates.close(lease, epoch, still, deadline);
  }

  /** Lets the carrier's calls in, and reads that back. */
  public CompletionStage<AmiAnswer<Gate>> openGate(Epoch epoch, Duration deadline) {
    return gates.open(epoch, deadline);
  }

  /** How does the role gate stand? */
  public CompletionStage<AmiAnswer<Gate>> gate(Duration deadline) {
    return gates.read(deadline);
  }

  /**
   * Does a call through that dialplan context run? {@link AmiAnswer.Kind#NOT_CONNECTED} as long as
   * either session is missing, since then nobody can tell.
   *
   * @return what the dialplan found the role gate to be, {@code open} or {@code closed}
   */
  public CompletionStage<AmiAnswer<String>> canary(String context, Duration deadline) {
    return canaries.call(context, deadline);
  }

  /**
   * Lets this PBX call the other one by SIP, send digits and hear what comes back. {@link
   * AmiAnswer.Kind#NOT_CONNECTED} as for {@link #canary}.
   *
   * @param peer the endpoint by which this PBX knows the other
   * @param digits four of them, other than the last time
   */
  public CompletionStage<AmiAnswer<PeerCall>> echo(String peer, String digits, Duration deadline) {
    return peers.echo(peer, digits, deadline);
  }

  /** Lets this PBX see whether the other one's SIP answers; no call is answered for it. */
  public CompletionStage<AmiAnswer<PeerCall>> look(String peer, Duration deadline) {
    return peers.look(peer, deadline);
  }

  /** Does AMI take a new login? One is made beside the sessions, and ended at once. */
  public CompletionStage<SessionNews> freshLogin() {
    return logins.tryOne();
  }

  /** How do the outbound registrations stand? */
  public CompletionStage<AmiAnswer<List<Registration>>> registrations(Duration deadline) {
    return lists.registrations(deadline);
  }

  /** How many calls are up, against the set limit? */
  public CompletionStage<AmiAnswer<CallLimit>> callLimit(Duration deadline) {
    return lists.callLimit(deadline);
  }

  /** Which calls are up? One row for each channel. */
  public CompletionStage<AmiAnswer<List<LiveChannel>>> channels(Duration deadline) {
    return lists.channels(deadline);
  }

  /**
   * Registers with a provider, and reads back that it is registered.
   *
   * @param deadline of it all: Asterisk itself waits up to {@code max_random_initial_delay}, 10 s
   *     as shipped, before it sends anything
   */
  public CompletionStage<AmiAnswer<Registration>> register(String registration, Duration deadline) {
    return registering.up(registration, deadline);
  }

  /** Takes a registration away, and reads that back; {@code deadline} is of it all. */
  public CompletionStage<AmiAnswer<Registration>> unregister(
      String registration, Duration deadline) {
    return registering.down(registration, deadline);
  }

  /** Tells the phone that dialled a feature code whether it is done. */
  public CompletionStage<AmiAnswer<String>> reply(
      FeatureCodeCall call, boolean accepted, Duration deadline) {
    String word = accepted ? "OK" : "NO";
    return quiet
        .ask(new SetVarAction(call.channel(), "LK_REPLY", word), deadline)
        .thenApply(a -> a.map(ok -> word));
  }

  /** Which AMI actions may this user take? Their names as the PBX lists them, in lower case. */
  public CompletionStage<AmiAnswer<List<String>>> allowedActions(Duration deadline) {
    return lists.allowedActions(deadline);
  }

  /** What does the dialplan do for that extension? Refused if there is no such extension. */
  public CompletionStage<AmiAnswer<List<DialplanLine>>> dialplan(
      String context, String extension, Duration deadline) {
    return lists.dialplan(ShowExtensionAction.of(context, extension), deadline);
  }

  /** What does the dialplan do in that context itself, without what it includes? */
  public CompletionStage<AmiAnswer<List<DialplanLine>>> dialplan(
      String context, Duration deadline) {
    return lists.dialplan(ShowExtensionAction.all(context), deadline);
  }

  /**
   * What is an expression of the dialplan's worth, outside of any call? Such as {@code
   * PJSIP_ENDPOINT(100,aors)}; an empty text if nothing, or if there is no such function.
   */
  public CompletionStage<AmiAnswer<String>> variable(String expression, Duration deadline) {
    return lists.variable(expression, deadline);
  }

  /** Which version is it? Such as {@code 22.10.1}. */
  public CompletionStage<AmiAnswer<String>> version(Duration deadline) {
    return lists.version(deadline);
  }

  /** Ends both sessions, and does not come back. */
  @Override
  public void close() {
    LoopRepeat pinging = keeping;
    if (pinging != null) {
      pinging.cancel();
    }
    quiet.close();
    events.close();
  }

  private final class Quiet implements AmiSession.Listener {
    @Override
    public void news(SessionNews news) {
      listeners.forEach(listener -> listener.onSession(pbx(), news));
      if (news.kind() == SessionNews.Kind.UP) {
        listeners.forEach(listener -> listener.onLogin(pbx()));
      }
    }

    @Override
    public void event(ManagerEvent event) {
      // rows of lists go to whoever asked for the list
    }
  }

  private final class Events implements AmiSession.Listener {
    @Override
    public void news(SessionNews news) {
      // whether the PBX can be reached is judged by the quiet session; this only bears it out
      if (news.kind() == SessionNews.Kind.CLOSED) {
        listeners.forEach(listener -> listener.onEventsEnded(pbx()));
      }
    }

    @Override
    public void event(ManagerEvent event) {
      if (event instanceof LinekeeperCanaryEvent canary) {
        canaries.heard(canary);
      } else if (event instanceof LinekeeperEchoEvent echo) {
        peers.heard(echo);
      } else if (event instanceof LinekeeperEchoedEvent echoed) {
        listeners.forEach(listener -> listener.onEchoed(pbx(), echoed.getDigits()));
      } else if (event instanceof LinekeeperCommandEvent command) {
        FeatureCodeCall call = featureCode(command);
        listeners.forEach(listener -> listener.onFeatureCode(call));
      } else if (event instanceof LinekeeperCarrierCallEvent call) {
        String heard = String.valueOf(call.getHeard());
        listeners.forEach(listener -> listener.onCarrierCall(pbx(), heard));
      } else if (event instanceof ShutdownEvent shutdown) {
        String said = "it is going down (" + shutdown.getShutdown() + ")";
        listeners.forEach(listener -> listener.onShutdown(pbx(), said));
      }
    }
  }

  private FeatureCodeCall featureCode(LinekeeperCommandEvent event) {
    return new FeatureCodeCall(
        pbx(),
        String.valueOf(event.getChannel()),
        event.getCaller(),
        event.getStaff(),
        Secret.of(event.pin()),
        event.getText());
  }
}
