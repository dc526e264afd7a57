package org.linekeeper.probe;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.sip.SipTransport;

/**
 * Does the echo call travel as the trunk's calls do? By another transport it would be answered
 * where no caller comes in, and a dead trunk would look well.
 */
final class PeerTransport {
  private final PbxId from;
  private final Function<String, Optional<String>> variable;

  /**
   * @param from the PBX that calls
   * @param variable what an expression of the dialplan's is worth there; empty if nothing, or if
   *     the function is not loaded
   */
  PeerTransport(PbxId from, Function<String, Optional<String>> variable) {
    this.from = from;
    this.variable = variable;
  }

  /** Empty if it cannot be seen: {@code EchoCheck} says what is missing then. */
  Optional<CheckResult> compare(Scope.Peer peer) {
    String what = "way of the echo call from " + from;
    Optional<String> contact = contact(peer.endpoint());
    return contact
        .flatMap(uri -> transport(uri, peer.endpoint()))
        .map(
            used ->
                used == peer.trunk()
                    ? CheckResult.ok(what, "It goes by " + used + ", as the trunk's calls do.")
                    : CheckResult.warning(
                        what,
                        "It goes by "
                            + used
                            + " ("
                            + contact.orElseThrow()
                            + "), the trunk's calls by "
                            + peer.trunk()
                            + ": while the trunk's way is dead, the other PBX would look well.",
                        "Write the contact of "
                            + peer.endpoint()
                            + " in pjsip-linekeeper-peer.conf with the trunk's port and "
                            + written(peer.trunk())
                            + ", and run pjsip reload; or correct sip: transport in"
                            + " linekeeper.yml."));
  }

  private static String written(SipTransport transport) {
    return transport == SipTransport.UDP
        ? "no ;transport="
        : ";transport=" + transport.name().toLowerCase(Locale.ROOT);
  }

  private Optional<String> contact(String endpoint) {
    return first("PJSIP_ENDPOINT(" + endpoint + ",aors)")
        .flatMap(aor -> first("PJSIP_AOR(" + aor + ",contact)"))
        .flatMap(contact -> variable.apply("PJSIP_CONTACT(" + contact + ",uri)"));
  }

  private Optional<String> first(String expression) {
    return variable.apply(expression).map(list -> list.split(",", 2)[0].trim());
  }

  /** RFC 3261, section 19.1.1: UDP unless the URI says otherwise, or the endpoint a transport. */
  private Optional<SipTransport> transport(String uri, String endpoint) {
    // Asterisk writes a semicolon as ^3B where it stores contacts
    String lower = uri.toLowerCase(Locale.ROOT).replace("^3b", ";");
    Optional<String> said =
        List.of(lower.split("[;?]")).stream()
            .filter(part -> part.startsWith("transport="))
            .map(part -> part.substring("transport=".length()))
            .findFirst();
    if (lower.startsWith("sips:")) {
      return Optional.of(SipTransport.TLS);
    }
    if (said.isPresent()) {
      return Stream.of(SipTransport.values())
          .filter(known -> known.name().equalsIgnoreCase(said.get()))
          .findFirst();
    }
    boolean decidedElsewhere =
        variable.apply("PJSIP_ENDPOINT(" + endpoint + ",transport)").isPresent();
    return decidedElsewhere ? Optional.empty() : Optional.of(SipTransport.UDP);
  }
}
