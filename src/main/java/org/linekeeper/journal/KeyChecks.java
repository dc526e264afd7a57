package org.linekeeper.journal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linekeeper.check.CheckResult;

/**
 * Are the files by which this watcher shows the others who it is as they should be? Changes
 * nothing, and asks nobody.
 */
public final class KeyChecks {
  /** So long before a certificate's end people are told: time for a maintenance window. */
  public static final Duration WARNING = Duration.ofDays(30);

  private static final String WHAT = "watcher's key";

  /** From here on it is told again: whoever put it off must not have forgotten it. */
  private static final Duration URGENT = Duration.ofDays(3);

  private static final String MEANING =
      "the other watchers do not believe this one any more, and it counts as missing";

  private static final String MAKE =
      "Where authority.p12 is kept, remove the old certificate, say \"linekeeper keys\" again, copy"
          + " both files here and restart Linekeeper.";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK).withZone(ZoneOffset.UTC);
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final int DNS = 2;
  private static final int IP = 7;

  private KeyChecks() {}

  /**
   * Looks at all of them.
   *
   * @param host where the others reach this watcher
   */
  public static List<CheckResult> look(JournalGroup.Keys keys, String host, Instant now) {
    X509Certificate own;
    X509Certificate authority;
    PrivateKey key;
    try {
      own = certificate(keys.certificate());
      authority = certificate(keys.authority());
      key = key(keys.key(), own.getPublicKey().getAlgorithm());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return List.of(
          CheckResult.failure(
              WHAT,
              "the watchers cannot know each other: " + e.getMessage(),
              "Put authority.pem, "
                  + keys.certificate().getFileName()
                  + " and "
                  + keys.key().getFileName()
                  + ", as \"linekeeper keys\" makes them, where keys under watcher says, readable"
                  + " for Linekeeper's user."));
    }
    List<CheckResult> results = new ArrayList<>();
    results.add(
        fits(own, key)
            ? CheckResult.ok(WHAT, "key and certificate fit together")
            : CheckResult.failure(
                WHAT,
                keys.key()
                    + " is not the key of "
                    + keys.certificate()
                    + ", so no watcher is reached",
                "Copy both from the same run of \"linekeeper keys\"."));
    results.add(
        signed(own, authority)
            ? CheckResult.ok(WHAT, "signed by " + keys.authority())
            : CheckResult.failure(
                WHAT,
                keys.authority()
                    + " has not signed "
                    + keys.certificate()
                    + ", so no watcher"
                    + " believes another",
                "All three need the authority.pem that was made with their certificates."));
    results.add(
        names(own, host)
            ? CheckResult.ok(WHAT, "made for " + host)
            : CheckResult.failure(
                WHAT,
                keys.certificate()
                    + " is not made for "
                    + host
                    + ", where \"watchers\" says that this one is, so the others do not believe it",
                MAKE));
    ownerOnly(keys.key(), results);
    results.add(end(WHAT, List.of(own, authority), now, MEANING, MAKE));
    return results;
  }

  /**
   * When the first of these certificates ends.
   *
   * @param what that is looked at
   * @param meaning what is so from then on
   * @param remedy a sentence
   */
  public static CheckResult end(
      String what, Collection<X509Certificate> chain, Instant now, String meaning, String remedy) {
    Instant begin =
        chain.stream().map(c -> c.getNotBefore().toInstant()).max(Instant::compareTo).orElseThrow();
    Instant end =
        chain.stream().map(c -> c.getNotAfter().toInstant()).min(Instant::compareTo).orElseThrow();
    if (now.isBefore(begin)) {
      return CheckResult.failure(
          what,
          "the certificate is valid only from " + DAY.format(begin) + ": until then " + meaning,
          "Set the clocks of the watchers (NTP).");
    }
    if (!now.isBefore(end)) {
      return CheckResult.failure(
          what, "the certificate ended on " + DAY.format(end) + ": " + meaning, remedy);
    }
    Duration left = Duration.between(now, end);
    if (left.compareTo(WARNING) <= 0) {
      String soon = left.compareTo(URGENT) <= 0 ? "within three days, on " : "on ";
      return CheckResult.warning(
          what,
          "the certificate ends " + soon + DAY.format(end) + ": from then on " + meaning,
          remedy);
    }
    return CheckResult.ok(what, "the certificate is good until " + DAY.format(end));
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(file + " is no certificate in PEM", e);
    }
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    Matcher pem = KEY.matcher(text);
    if (!pem.find()) {
      throw new GeneralSecurityException(file + " is no private key in PEM (PKCS#8)");
    }
    try {
      return KeyFactory.getInstance(algorithm)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          file + " is no key of the kind that the certificate has", e);
    }
  }

  private static boolean fits(X509Certificate certificate, PrivateKey key) {
    try {
      String kind = key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm();
      Signature signature = Signature.getInstance("SHA256with" + kind);
      signature.initSign(key);
      signature.update(certificate.getSerialNumber().toByteArray());
      byte[] made = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(certificate.getSerialNumber().toByteArray());
      return signature.verify(made);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean signed(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean names(X509Certificate certificate, String host) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(name -> is(name, host));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean is(List<?> name, String host) {
    String text = String.valueOf(name.get(1));
    return switch ((Integer) name.get(0)) {
      case DNS -> text.equalsIgnoreCase(host);
      case IP -> PeerKeys.address(host) && sameAddress(text, host);
      default -> false;
    };
  }

  private static boolean sameAddress(String one, String other) {
    try {
      return InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void ownerOnly(Path key, List<CheckResult> results) {
    try {
      Set<PosixFilePermission> others = Files.getPosixFilePermissions(key);
      others.removeAll(OwnerOnly.FILE);
      results.add(
          others.isEmpty()
              ? CheckResult.ok(WHAT, "readable by its owner only")
              : CheckResult.warning(
                  WHAT,
                  "others than its owner may read "
                      + key
                      + ": whoever can read it can decide where calls go",
                  "chmod 600 " + key + ", and let Linekeeper's user own it."));
    } catch (IOException | UnsupportedOperationException e) {
      results.add(
          CheckResult.warning(WHAT, "who may read " + key + " is not known", "Look there."));
    }
  }
}
