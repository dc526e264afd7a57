package org.linekeeper.probe;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.linekeeper.net.CertificateLook;
import org.linekeeper.net.TlsFault;

/**
 * How does a certificate stand, and what does it mean for the phones?
 *
 * @param good nothing is to be done yet
 * @param said what was seen and what it means, one clause without a full stop
 * @param remedy what to do; empty text if nothing
 */
record Certificate(boolean good, String said, String remedy) {
  /** From here on it is told again: whoever put it off must not have forgotten it. */
  static final Duration URGENT = Duration.ofDays(3);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK).withZone(ZoneOffset.UTC);

  /** Where a certificate is presented, and what stops when it is not believed. */
  enum Place {
    SIP("SIP", "a carrier that checks it delivers no calls there over TLS"),
    AMI("AMI", "Linekeeper can log in no more, so this PBX can be neither watched nor switched");

    private final String words;
    private final String without;

    Place(String words, String without) {
      this.words = words;
      this.without = without;
    }
  }

  /**
   * Judges what was seen.
   *
   * @param warning how long before its end people are told
   */
  static Certificate of(Place place, CertificateLook.Seen seen, Instant now, Duration warning) {
    Optional<Instant> end = end(seen);
    if (seen.fault().filter(f -> f != TlsFault.EXPIRED).isPresent()) {
      TlsFault fault = seen.fault().get();
      return bad(place.words + ": " + fault.words() + ": " + place.without, fault.remedy());
    }
    if (end.isEmpty()) {
      return bad(
          place.words + ": it presents no certificate: " + place.without,
          TlsFault.TURNED_DOWN.remedy());
    }
    Duration left = Duration.between(now, end.get());
    String day = DAY.format(end.get());
    String what = "the certificate for " + place.words + " (" + name(seen) + ")";
    if (left.isNegative() || left.isZero() || seen.fault().isPresent()) {
      return bad(what + " ended on " + day + ": " + place.without, TlsFault.EXPIRED.remedy());
    }
    if (left.compareTo(URGENT) <= 0) {
      return bad(
          what + " ends within three days, on " + day + ": from then on " + place.without,
          TlsFault.EXPIRED.remedy());
    }
    return left.compareTo(warning) <= 0
        ? bad(
            what
                + " ends in "
                + left.toDays()
                + " days, on "
                + day
                + ": from then on "
                + place.without,
            TlsFault.EXPIRED.remedy())
        : new Certificate(true, what + " is good until " + day, "");
  }

  private static Certificate bad(String said, String remedy) {
    return new Certificate(false, said, remedy);
  }

  /** An authority between that has run out is as bad. */
  private static Optional<Instant> end(CertificateLook.Seen seen) {
    return first(seen).map(c -> c.getNotAfter().toInstant());
  }

  private static Optional<X509Certificate> first(CertificateLook.Seen seen) {
    return seen.chain().stream().min(Comparator.comparing(X509Certificate::getNotAfter));
  }

  private static String name(CertificateLook.Seen seen) {
    return first(seen).map(c -> c.getSubjectX500Principal().getName()).orElse("");
  }
}
