package org.linekeeper.carrier.twilio;

import com.twilio.http.TwilioRestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.linekeeper.state.OriginationUrl;

/** The resource OriginationUrl of Elastic SIP Trunking. */
final class OriginationUrls {
  /** Twilio allows ten origination URLs a trunk. */
  private static final int MOST = 100;

  private OriginationUrls() {}

  static List<OriginationUrl> all(TwilioRestClient client, String trunk) {
    List<OriginationUrl> urls = new ArrayList<>();
    com.twilio.rest.trunking.v1.trunk.OriginationUrl.reader(trunk)
        .pageSize(MOST)
        .limit(MOST)
        .read(client)
        .forEach(url -> urls.add(read(url)));
    return urls;
  }

  static OriginationUrl fetch(TwilioRestClient client, String trunk, String sid) {
    return read(com.twilio.rest.trunking.v1.trunk.OriginationUrl.fetcher(trunk, sid).fetch(client));
  }

  /** Priority and weight go together: Twilio's documentation asks for both. */
  static OriginationUrl update(TwilioRestClient client, String trunk, OriginationUrl want) {
    return read(
        com.twilio.rest.trunking.v1.trunk.OriginationUrl.updater(trunk, want.sid())
            .setPriority(want.priority())
            .setWeight(want.weight())
            .setEnabled(want.enabled())
            .update(client));
  }

  /** Where it leads is the engineer's; Linekeeper changes only the order. */
  static boolean sameOrder(OriginationUrl real, OriginationUrl want) {
    return real.priority() == want.priority()
        && real.weight() == want.weight()
        && real.enabled() == want.enabled();
  }

  private static OriginationUrl read(com.twilio.rest.trunking.v1.trunk.OriginationUrl url) {
    return new OriginationUrl(
        Objects.toString(url.getSid(), ""),
        Objects.toString(url.getSipUrl(), ""),
        Objects.requireNonNullElse(url.getPriority(), 0),
        Objects.requireNonNullElse(url.getWeight(), 0),
        Boolean.TRUE.equals(url.getEnabled()));
  }
}
