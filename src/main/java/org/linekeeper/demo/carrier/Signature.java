package org.linekeeper.demo.carrier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs webhooks as Twilio does: HMAC-SHA1 over the full URL and the POST parameters, sorted by
 * name and written without separators. Source: Twilio docs "Security: validating requests".
 */
final class Signature {
  private Signature() {}

  /** The value of {@code X-Twilio-Signature}; for a GET the parameters are in the URL already. */
  static String of(String authToken, String url, Map<String, String> postParams) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(postParams).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      byte[] digest = mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }
}
