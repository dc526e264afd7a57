package org.linekeeper.carrier.twilio;

import com.twilio.security.RequestValidator;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Did Twilio send this request? Its signature (X-Twilio-Signature, HMAC-SHA1 with the account's
 * auth token over the public URL and the form) proves that, and nothing about who sent the text.
 * The URL is the configured public one: what a reverse proxy or a forged Host header says counts
 * for nothing.
 */
public final class TwilioSignature {
  private final List<RequestValidator> validators;
  private final String publicUrl;

  /**
   * @param authTokens the account's auth token, and its secondary one while it is being changed; an
   *     API key's secret does not sign
   * @param publicUrl exactly as set as SmsUrl at Twilio, with its query if it has one
   */
  public TwilioSignature(List<String> authTokens, URI publicUrl) {
    if (authTokens.isEmpty() || authTokens.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("webhooks need the account's auth token");
    }
    this.validators = authTokens.stream().map(RequestValidator::new).toList();
    this.publicUrl = publicUrl.toString();
  }

  /** Whether the signature is right; compared in constant time. */
  public boolean valid(String signature, Map<String, String> params) {
    return validators.stream().anyMatch(v -> v.validate(publicUrl, params, signature));
  }
}
