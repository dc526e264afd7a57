package org.linekeeper.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.PbxListener;
import org.linekeeper.asterisk.SessionNews;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.IoLoop;
import org.linekeeper.verdict.Profile;

/**
 * Is a PBX ready to be watched and switched? Looks at everything that would be missed on a bad day,
 * and says for each thing what to do. Changes nothing; places one test call, which nobody hears.
 */
public final class AsteriskChecks {
  /** A denied login takes Asterisk a second to say. */
  private static final Duration LOGIN = Duration.ofSeconds(4);

  /** The events session comes up beside the first; nobody tells when, so it is looked at. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Workers workers;
  private final IoLoop loop;
  private final InstantSource clock;
  private final Profile profile;

  /** Looks with these means; {@code clock} is what the PBX's clock is compared with. */
  public AsteriskChecks(Workers workers, IoLoop loop, InstantSource clock, Profile profile) {
    this.workers = workers;
    this.loop = loop;
    this.clock = clock;
    this.profile = profile;
  }

  /**
   * Looks at one PBX; waits for it, some 15 s at the very most.
   *
   * @param standby whether it normally stands by: then it need not be registered
   */
  public List<CheckResult> look(AmiAccess ami, SipAccess sip, Scope scope, boolean standby) {
    List<CheckResult> results = new ArrayList<>();
    BlockingQueue<SessionNews> news = new LinkedBlockingQueue<>();
    try (PbxLink link = new PbxLink(ami, profile, workers)) {
      link.add(
          new PbxListener() {
            @Override
            public void onSession(PbxId pbx, SessionNews what) {
              news.add(what);
            }
          });
      link.start();
      SessionNews first = news.poll(LOGIN.toMillis(), TimeUnit.MILLISECONDS);
      results.add(LoginCheck.of(ami, first));
      if (first != null && first.kind() == SessionNews.Kind.UP) {
        awaitEvents(link);
        results.addAll(new AmiChecks(link, scope, standby, clock).look());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    results.add(new SipCheck(sip, profile, loop).look());
    return results;
  }

  /**
   * Lets one PBX call the other and listen; waits for it, some 10 s at the very most.
   *
   * @param peer the endpoint by which it knows the other; empty if it is not to call it
   */
  public CheckResult echo(AmiAccess from, Optional<String> peer, PbxId to) {
    if (peer.isEmpty()) {
      return EchoCheck.off(from.pbx(), to);
    }
    try (PbxLink link = new PbxLink(from, profile, workers)) {
      link.start();
      awaitEvents(link);
      return new EchoCheck(link, peer.get(), to, profile).look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it listened", e);
    }
  }

  private void awaitEvents(PbxLink link) throws InterruptedException {
    BlockingQueue<Boolean> up = new LinkedBlockingQueue<>();
    var looking =
        workers.every(
            LOOK,
            () -> {
              if (link.hears() && link.isUp()) {
                up.add(true);
              }
            });
    up.poll(LOGIN.toMillis(), TimeUnit.MILLISECONDS);
    looking.cancel(false);
  }
}
