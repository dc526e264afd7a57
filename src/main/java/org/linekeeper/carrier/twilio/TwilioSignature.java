package org.linekeeper.carrier.twilio;

import com.twilio.security.RequestValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Did Twilio send this request? Its signature (X-Twilio-Signature, HMAC-SHA1 with the account's
 * auth token over the public URL and the form) proves that, and nothing about who sent the text.
 * The URL is a configured public one: what a reverse proxy or a forged Host header says counts for
 * nothing.
 */
public final class TwilioSignature {
  private final List<RequestValidator> validators;
  private final List<String> publicUrls;

  /**
   * @param authTokens the account's auth token, and its secondary one while it is being changed; an
   *     API key's secret does not sign
   * @param publicUrls exactly as set as SmsUrl and SmsFallbackUrl at Twilio, with their queries if
   *     they have some; which of them was called does not matter
   */
  public TwilioSignature(List<String> authTokens, List<URI> publicUrls) {
    if (authTokens.isEmpty() || authTokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("webhooks need the account's auth token");
    }
    this.validators = authTokens.stream().map(RequestValidator::new).toList();
    this.publicUrls = publicUrls.stream().map(URI::toString).toList();
  }

  /** Whether the signature is right; compared in constant time. */
  public boolean valid(String signature, Map<String, String> params) {
    return validators.stream()
        .anyMatch(v -> publicUrls.stream().anyMatch(url -> v.validate(url, params, signature)));
  }
}
