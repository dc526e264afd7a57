package org.linekeeper.probe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.IoLoop;
import org.linekeeper.net.LoopRepeat;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;
import org.linekeeper.verdict.Profile;

/**
 * How is this PBX? Asks it in every way, side by side, and reports each answer and each silence.
 * Has no thread of its own and leaves none waiting.
 */
public final class PbxProber implements AutoCloseable {
  private final Profile profile;
  private final Workers workers;
  private final Reporter reporter;
  private final AmiProbe ami;
  private final SipProbe sip;
  private final CallProbe calls;
  private final LoginProbe logins;
  private final PbxLink link;
  private final IoLoop loop;
  private final List<Future<?>> asking = new CopyOnWriteArrayList<>();

  /** What is asked ten times a second is asked from the thread that also hears the answers. */
  private final List<LoopRepeat> askingOften = new CopyOnWriteArrayList<>();

  /**
   * Asks nothing yet.
   *
   * @param link the PBX's AMI link, not started yet, so that no news is lost
   * @param sink only enqueues; called from threads that serve every PBX
   */
  public PbxProber(
      PbxLink link,
      SipAccess sipAccess,
      Scope scope,
      Profile profile,
      Workers workers,
      IoLoop loop,
      OwnLiveness liveness,
      Consumer<Observation> sink) {
    this.link = link;
    this.profile = profile;
    this.workers = workers;
    this.loop = loop;
    reporter = new Reporter(link.pbx(), workers.ticker(), liveness, sink);
    ami = new AmiProbe(link, profile, workers, reporter);
    sip = new SipProbe(sipAccess, profile, workers, loop, reporter);
    calls = new CallProbe(link, scope, profile, reporter);
    logins = new LoginProbe(link, reporter);
    link.add(new News());
  }

  /** Begins to ask. */
  public void start() {
    sip.start();
    askingOften.add(loop.every(profile.every(), ami::ping));
    askingOften.add(loop.every(profile.every(), sip::ask));
    asking.add(workers.every(profile.canaryEvery(), calls::canary));
    asking.add(workers.every(profile.registrationsEvery(), calls::registrationsAndLimit));
    asking.add(workers.every(profile.deep().loginEvery(), logins::ask));
  }

  /** Which PBX. */
  public PbxId pbx() {
    return link.pbx();
  }

  /** As one of two that call one another. */
  Side side(String peer) {
    return new Side(link, peer, calls.room(), reporter);
  }

  /** Stops asking; the AMI link stays with whoever made it. */
  @Override
  public void close() {
    asking.forEach(future -> future.cancel(false));
    askingOften.forEach(LoopRepeat::cancel);
    sip.close();
  }

  private final class News implements PbxListener {
    private final EndOfSessions ends = new EndOfSessions();

    @Override
    public void onSession(PbxId pbx, SessionNews news) {
      synchronized (ends) { // handed on in the order in which it was understood
        heard(ends.session(news, reporter.now()));
      }
    }

    @Override
    public void onEventsEnded(PbxId pbx) {
      synchronized (ends) {
        ends.eventsEnded(reporter.now()).ifPresent(this::heard);
      }
    }

    private void heard(SessionNews news) {
      ami.session(news);
      if (news.kind() == SessionNews.Kind.CLOSED || news.kind() == SessionNews.Kind.RESET) {
        // asked now, since a process counts as gone only if SIP asked afterwards is silent too;
        // and again, since the first may reach a socket that is only just being closed
        sip.ask();
        workers.after(profile.recheck().dividedBy(3), sip::ask);
      }
    }

    @Override
    public void onShutdown(PbxId pbx, String said) {
      reporter.news(Probe.SHUTDOWN, Seen.TURNED_AWAY, said);
    }
  }
}
