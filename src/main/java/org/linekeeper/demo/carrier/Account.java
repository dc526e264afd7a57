package org.linekeeper.demo.carrier;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Who may use the simulated carrier's REST API, and with which secret its webhooks are signed.
 *
 * @param sid {@code AC} and 32 hexadecimal digits
 * @param authToken also the key of {@code X-Twilio-Signature}
 */
public record Account(String sid, String authToken) {
  /** An account for demos and tests. */
  public static Account demo() {
    return new Account(Sids.of("AC", "demo account"), "demo-auth-token");
  }

  boolean matches(String authorization) {
    String expected = sid + ":" + authToken;
    return authorization.equals(
        "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)));
  }

  Map<String, Object> json() {
    String path = "/2010-04-01/Accounts/" + sid;
    return Map.of(
        "sid",
        sid,
        "friendly_name",
        "Demo office",
        "status",
        "active",
        "type",
        "Full",
        "owner_account_sid",
        sid,
        // The real Account resource shows the token too: whoever logs this answer leaks it.
        "auth_token",
        authToken,
        "date_created",
        "Thu, 30 Jul 2015 20:00:00 +0000",
        "date_updated",
        "Thu, 30 Jul 2015 20:00:00 +0000",
        "uri",
        path + ".json",
        "subresource_uris",
        Map.of("messages", path + "/Messages.json"));
  }

  @Override
  public String toString() {
    return "Account[" + sid + "]";
  }
}
