package org.linekeeper.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.linekeeper.check.CheckResult;
import org.linekeeper.check.CheckResult.Level;
import org.linekeeper.estate.PbxId;
import org.linekeeper.sip.SipTransport;

/** The carrier calls by TLS; how does the other PBX? */
class PeerTransportTest {
  private final Map<String, String> pbx = new HashMap<>();

  private Optional<CheckResult> compare(String contact, SipTransport trunk) {
    pbx.put("PJSIP_ENDPOINT(linekeeper-peer,aors)", "linekeeper-peer");
    pbx.put("PJSIP_AOR(linekeeper-peer,contact)", "linekeeper-peer@@1f2e");
    pbx.put("PJSIP_CONTACT(linekeeper-peer@@1f2e,uri)", contact);
    return new PeerTransport(
            new PbxId("primary"), expression -> Optional.ofNullable(pbx.get(expression)))
        .compare(new Scope.Peer("linekeeper-peer", trunk));
  }

  @Test
  void theSameWay() {
    assertThat(compare("sip:192.0.2.11:5060", SipTransport.UDP))
        .map(CheckResult::level)
        .contains(Level.OK);
    assertThat(compare("sip:b.example.org:5061;transport=TLS", SipTransport.TLS))
        .map(CheckResult::level)
        .contains(Level.OK);
    assertThat(compare("sip:b.example.org:5061^3Btransport=tls", SipTransport.TLS))
        .map(CheckResult::level)
        .contains(Level.OK);
    assertThat(compare("sips:b.example.org", SipTransport.TLS))
        .map(CheckResult::level)
        .contains(Level.OK);
  }

  @Test
  void anotherWayWouldHideADeadTrunkAndIsSaidWithWhatToWrite() {
    CheckResult result = compare("sip:192.0.2.11:5060", SipTransport.TLS).orElseThrow();
    assertThat(result.level()).isEqualTo(Level.WARNING);
    assertThat(result.said()).contains("by UDP").contains("by TLS").contains("192.0.2.11");
    assertThat(result.remedy()).contains(";transport=tls").contains("pjsip reload");
    assertThat(
            compare("sip:192.0.2.11:5060;transport=tcp", SipTransport.UDP).orElseThrow().remedy())
        .contains("no ;transport=");
  }

  @Test
  void whatCannotBeSeenIsNotSaid() {
    pbx.put("PJSIP_ENDPOINT(linekeeper-peer,transport)", "transport-tcp");
    assertThat(compare("sip:192.0.2.11:5060", SipTransport.UDP)).isEmpty();
    pbx.clear();
    assertThat(
            new PeerTransport(new PbxId("primary"), expression -> Optional.empty())
                .compare(new Scope.Peer("linekeeper-peer", SipTransport.UDP)))
        .isEmpty();
  }
}
