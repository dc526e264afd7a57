package org.linekeeper.net;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Why can somebody not be spoken to over TLS? Told apart, since each is mended elsewhere. */
public enum TlsFault {
  /** Its certificate, or one of those that vouch for it, has run out. */
  EXPIRED(
      "its certificate has run out",
      "renew it at the PBX, and load it there (pjsip reload if the transport has allow_reload = yes,"
          + " or a restart of Asterisk while no call is up)"),
  /** Its certificate is not valid yet, or this machine's clock is wrong. */
  NOT_YET_VALID(
      "its certificate is not valid yet",
      "set the clocks of the PBX and of this watcher (NTP), or wait until the certificate's first"
          + " day"),
  /** The certificate is good, but somebody else's. */
  WRONG_NAME(
      "its certificate is for another name",
      "write the name that stands in the certificate as host here, or have one made for this name"),
  /** Nobody whom we trust vouches for it. */
  UNTRUSTED(
      "nobody whom this watcher trusts vouches for its certificate",
      "name the authority's PEM file as trust here, or let the PBX send the whole chain, with the"
          + " intermediate certificates in its cert_file; carriers refuse what no public authority"
          + " vouches for"),
  /** Something answers there that does not speak TLS. */
  NO_TLS(
      "something answers there, but it does not speak TLS",
      "correct the port (TLS is usually on 5061, AMI's on 5039) or the transport; look at pjsip"
          + " show transports"),
  /** The other side ended the handshake, and said so. */
  TURNED_DOWN(
      "it turned the TLS handshake down",
      "let the PBX's transport take TLS 1.2 or later (method, cipher) and ask no certificate of"
          + " callers (verify_client = no)"),
  /** The fault is at this end. */
  OURS(
      "this watcher cannot check certificates",
      "make the PEM file that is named as trust readable for Linekeeper and let it hold"
          + " certificates");

  private final String words;
  private final String remedy;

  TlsFault(String words, String remedy) {
    this.words = words;
    this.remedy = remedy;
  }

  /** What is the matter? One clause for people. */
  public String words() {
    return words;
  }

  /** What is to be done about it? One clause for people. */
  public String remedy() {
    return remedy;
  }

  /** What lies behind a failed connection; empty if it is no matter of TLS. */
  public static Optional<TlsFault> of(Throwable failure) {
    int depth = 0;
    TlsFault found = null;
    // the innermost cause says most, and the JDK's chains are short
    for (Throwable t = failure; t != null && depth < 16; t = t.getCause()) {
      TlsFault here = one(t);
      found = here == null ? found : here;
      depth++;
    }
    return Optional.ofNullable(found);
  }

  private static @Nullable TlsFault one(Throwable t) {
    String message = String.valueOf(t.getMessage());
    if (t instanceof TrustedTls.UnusableTrust) {
      return OURS;
    }
    if (t instanceof CertificateExpiredException) {
      return EXPIRED;
    }
    if (t instanceof CertificateNotYetValidException) {
      return NOT_YET_VALID;
    }
    if (t instanceof CertPathBuilderException || t instanceof CertPathValidatorException) {
      return UNTRUSTED;
    }
    if (t instanceof CertificateException || t instanceof SSLPeerUnverifiedException) {
      // sun.security.util.HostnameChecker has no type of its own for these
      return message.startsWith("No name matching") || message.startsWith("No subject alternative")
          ? WRONG_NAME
          : UNTRUSTED;
    }
    if (t instanceof SSLException) {
      return message.startsWith("Unsupported or unrecognized SSL message")
              || message.startsWith("Unrecognized SSL message")
          ? NO_TLS
          : message.startsWith("Received fatal alert") ? TURNED_DOWN : null;
    }
    return null;
  }
}
