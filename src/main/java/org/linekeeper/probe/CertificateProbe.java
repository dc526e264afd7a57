package org.linekeeper.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.CertificateLook;
import org.linekeeper.sip.SipTransport;
import org.linekeeper.verdict.Observation;
import org.linekeeper.verdict.Observation.Probe;
import org.linekeeper.verdict.Observation.Seen;

/**
 * The certificates that a PBX presents, SIP's and AMI's where they are over TLS: when they end, and
 * whether they are believed. Looked at by connections of their own, since the kept ones still show
 * the certificate that they began with.
 */
public final class CertificateProbe implements AutoCloseable {
  /** A certificate that was renewed is believed this soon; one look costs a handshake. */
  static final Duration EVERY = Duration.ofMinutes(10);

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** One look, with a name look-up that hangs or a peer that trickles bytes. */
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private record Where(Certificate.Place place, String host, int port, Optional<Path> trust) {}

  private final List<Where> places = new ArrayList<>();
  private final Duration warning;
  private final InstantSource clock;
  private final Workers workers;
  private final Outstanding looks = Outstanding.one();
  private final PbxId pbx;
  private @Nullable Future<?> asking;

  /**
   * Looks at nothing yet, and never if neither SIP nor AMI of that PBX is over TLS.
   *
   * @param warning how long before its end people are told of a certificate
   * @param clock what the certificates' days are compared with
   */
  public CertificateProbe(
      AmiAccess ami, SipAccess sip, Duration warning, InstantSource clock, Workers workers) {
    if (sip.transport() == SipTransport.TLS) {
      places.add(new Where(Certificate.Place.SIP, sip.host(), sip.port(), sip.trust()));
    }
    if (ami.tls()) {
      places.add(new Where(Certificate.Place.AMI, ami.host(), ami.port(), ami.trust()));
    }
    this.pbx = ami.pbx();
    this.warning = warning;
    this.clock = clock;
    this.workers = workers;
  }

  /**
   * Looks now, and again every ten minutes.
   *
   * @param sink only enqueues
   */
  public synchronized void start(OwnLiveness liveness, Consumer<Observation> sink) {
    if (!places.isEmpty()) {
      Reporter reporter = new Reporter(pbx, workers.ticker(), liveness, sink);
      asking = workers.every(EVERY, () -> ask(reporter));
    }
  }

  /** Looks no more. */
  @Override
  public synchronized void close() {
    if (asking != null) {
      asking.cancel(false);
    }
  }

  /** Looks, off the threads that must not wait, and reports; nothing if nobody answered. */
  private void ask(Reporter reporter) {
    looks.ask(
        () -> {
          CompletableFuture<Void> done = new CompletableFuture<>();
          Duration asked = reporter.now();
          try {
            workers
                .io()
                .execute(
                    () -> {
                      try {
                        report(reporter, asked, look());
                      } finally {
                        done.complete(null);
                      }
                    });
          } catch (RejectedExecutionException full) {
            done.complete(null); // in ten minutes then
          }
          return done;
        });
  }

  private static void report(Reporter reporter, Duration asked, List<Certificate> seen) {
    List<Certificate> bad = seen.stream().filter(c -> !c.good()).toList();
    List<Certificate> told = bad.isEmpty() ? seen : bad;
    if (!told.isEmpty()) {
      reporter.answer(
          Probe.TLS_CERT,
          bad.isEmpty() ? Seen.ANSWERED : Seen.FAILED,
          asked,
          told.stream()
              .map(c -> c.remedy().isEmpty() ? c.said() : c.said() + "; " + c.remedy())
              .collect(Collectors.joining("; ")));
    }
  }

  /** What `check` says of them; waits for it, some 10 s for each at the very most. */
  public List<CheckResult> check() {
    return look().stream()
        .map(
            c ->
                c.good()
                    ? CheckResult.ok("certificate at " + pbx, c.said() + ".")
                    : CheckResult.failure(
                        "certificate at " + pbx, sentence(c.said()), sentence(c.remedy())))
        .toList();
  }

  private static String sentence(String clause) {
    return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  private List<Certificate> look() {
    return places.stream().map(this::look).flatMap(Optional::stream).toList();
  }

  private Optional<Certificate> look(Where where) {
    CertificateLook look = new CertificateLook(where.host(), where.port(), where.trust());
    Future<?> timer = workers.after(DEADLINE, look::giveUp);
    try {
      return Optional.of(
          Certificate.of(where.place(), look.look(TIMEOUT), clock.instant(), warning));
    } catch (IOException nobody) {
      return Optional.empty(); // that nobody answers is seen by the other probes
    } finally {
      timer.cancel(false);
    }
  }
}
