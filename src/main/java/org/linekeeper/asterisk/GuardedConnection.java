package org.linekeeper.asterisk;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.LoginAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.SessionNews.Kind;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.TlsFault;
import org.linekeeper.time.Ticker;

/**
 * One AMI connection through Asterisk-Java, used once and thrown away. The library's own time-outs
 * do not cover writes, and its reconnecting swallows interrupts; so the socket is ours, {@link
 * #drop} ends whatever hangs on it, and reconnecting is off.
 */
final class GuardedConnection extends ManagerConnectionImpl {
  /** Asterisk lets a wrong password wait for a second before it denies it. */
  static final Duration DENIAL = Duration.ofMillis(1500);

  private final Duration connectDeadline;
  private final Duration deadline;
  private final AmiSocket socket;
  private final Ticker ticker;
  private volatile boolean judging;

  GuardedConnection(
      AmiAccess access,
      Duration connectDeadline,
      Duration deadline,
      IoLoop loop,
      Consumer<String> ended) {
    this.connectDeadline = connectDeadline;
    this.deadline = deadline;
    this.ticker = loop.ticker();
    socket = new AmiSocket(access, loop, ended);
    setHostname(access.host());
    setPort(access.port());
    setUsername(access.user());
    setPassword(access.password().reveal());
    setDefaultResponseTimeout(deadline.plus(DENIAL).toMillis());
  }

  /** Connects and logs in; ends soon after {@link #drop} at the latest. */
  SessionNews logIn(String eventMask) {
    Duration began = ticker.now();
    try {
      login(eventMask);
      return new SessionNews(Kind.UP, ticker.since(began), "AMI took the login");
    } catch (IOException | AuthenticationFailedException | TimeoutException e) {
      SessionNews fault = fault(e, ticker.since(began));
      drop("the login failed");
      return fault;
    }
  }

  private SessionNews fault(Exception e, Duration took) {
    if (!socket.reached()) {
      // "No route to host" is a ConnectException's cousin, and says nothing of the process
      boolean refused =
          e instanceof ConnectException
              && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
      return refused
          ? new SessionNews(Kind.REFUSED, took, "the host answers that nobody listens on AMI")
          : new SessionNews(Kind.UNREACHABLE, took, "no connection to AMI: " + e.getMessage());
    }
    if (e instanceof SSLException) {
      String words = TlsFault.of(e).map(fault -> fault.words() + ": ").orElse("");
      String why = "TLS with AMI failed: " + words + e.getMessage();
      return new SessionNews(Kind.NOT_AMI, took, why);
    }
    if (socket.notAmi()) {
      return new SessionNews(Kind.NOT_AMI, took, "what answers on the AMI port is not Asterisk");
    }
    if (e instanceof AuthenticationFailedException && e.getCause() == null) {
      return new SessionNews(Kind.DENIED, took, "AMI denied the login: " + e.getMessage());
    }
    return socket.endedByPeer()
        ? new SessionNews(Kind.CUT, took, "AMI ended the connection during login")
        : new SessionNews(Kind.STALLED, took, "AMI takes connections but no login");
  }

  /** Ends the connection, from any thread and whatever the library is doing. */
  void drop(String why) {
    socket.drop(why);
  }

  AmiSocket socket() {
    return socket;
  }

  /** Whether name and password were sent, so that there is nothing to do but wait for a verdict. */
  boolean judging() {
    return judging;
  }

  @Override
  protected void doLogin(long timeout, @Nullable String eventMask)
      throws IOException, AuthenticationFailedException, TimeoutException {
    // how long the first line is waited for, which nothing from outside can cut short
    super.doLogin(deadline.toMillis(), eventMask);
  }

  @Override
  public ManagerResponse sendAction(ManagerAction action, long timeout)
      throws IOException, TimeoutException {
    judging = action instanceof LoginAction;
    return super.sendAction(action, judging ? timeout : deadline.toMillis());
  }

  @Override
  protected SocketConnectionFacade createSocket() throws IOException {
    socket.connect(connectDeadline);
    return socket;
  }

  /**
   * The library would ask up to eight times with pauses between; all it wants to know is how
   * variables were written before Asterisk 1.2.
   */
  @Override
  protected AsteriskVersion determineVersion() {
    return AsteriskVersion.DEFAULT_VERSION;
  }

  @Override
  public void dispatchEvent(ManagerEvent event, Integer requiredHandlingTime) {
    if (event instanceof DisconnectEvent) {
      // in state CONNECTED the library would start its own reconnecting
      state = ManagerConnectionState.DISCONNECTED;
    }
    super.dispatchEvent(event, requiredHandlingTime);
  }
}
