package org.linekeeper.carrier.twilio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linekeeper.carrier.Answer;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.StaffMember;
import org.linekeeper.state.OriginationUrl;

/** The trunk, its disaster recovery, and whether its origination URLs lead to the PBXs. */
final class TrunkChecks {
  private final TwilioCarrier carrier;
  private final Estate estate;
  private final String trunk;
  private final List<CheckResult> results = new ArrayList<>();

  TrunkChecks(TwilioCarrier carrier, Estate estate) {
    this.carrier = carrier;
    this.estate = estate;
    this.trunk = estate.trunk().sid();
  }

  List<CheckResult> run() {
    Answer<String> recovery = carrier.disasterRecoveryUrl(trunk);
    String what = "trunk " + trunk;
    if (!recovery.ok()) {
      results.add(
          CheckResult.failure(
              what,
              "cannot be read: " + recovery.said(),
              "Set carrier: trunk to the SID of the office's trunk (Elastic SIP Trunking)."));
      return results;
    }
    results.add(CheckResult.ok(what, "exists"));
    results.add(recovery(recovery.value().orElse("")));
    Answer<List<OriginationUrl>> urls = carrier.originationUrls(trunk);
    if (urls.ok()) {
      origination(urls.value().orElseThrow());
    } else {
      results.add(
          CheckResult.failure("origination URLs", "cannot be read: " + urls.said(), "Try again."));
    }
    return results;
  }

  private CheckResult recovery(String url) {
    String what = "disaster recovery URL";
    List<PhoneNumber> mobiles = estate.staff().stream().map(StaffMember::mobile).toList();
    Optional<String> problem =
        url.isEmpty() ? Optional.of("is not set") : TwimlProbe.problem(url, mobiles);
    return problem
        .map(
            why ->
                CheckResult.warning(
                    what,
                    why + ": when no PBX and no Linekeeper is left, nobody's mobile rings",
                    "Set the trunk's Disaster Recovery URL to the divert URL with ?to= the mobiles"
                        + " that answer in an emergency, as docs/CARRIER.md says."))
        .orElseGet(() -> CheckResult.ok(what, "rings staff: " + url));
  }

  private void origination(List<OriginationUrl> urls) {
    for (Pbx pbx : estate.pbxs()) {
      if (!pbx.originationUrl().isEmpty()) {
        results.add(leadsTo(pbx, find(urls, pbx)));
      }
    }
    results.add(order(urls));
  }

  private static CheckResult leadsTo(Pbx pbx, Optional<OriginationUrl> url) {
    String what = "origination URL of " + pbx.id();
    if (url.isEmpty()) {
      return CheckResult.failure(
          what,
          "is not on the trunk: the carrier sends no calls to this PBX",
          "Set origination-url to the SID (OU…) of its row, or add the row to the trunk.");
    }
    String there = "leads to " + url.get().sipUrl() + ", priority " + url.get().priority();
    return url.get().enabled()
        ? CheckResult.ok(what, there)
        : CheckResult.failure(
            what,
            there + ", but is disabled: the carrier does not try this PBX",
            "Enable it in the trunk's origination settings; its priority alone says who is first.");
  }

  private CheckResult order(List<OriginationUrl> urls) {
    String what = "order of the origination URLs";
    List<OriginationUrl> inOrder =
        estate.pbxs().stream().map(pbx -> find(urls, pbx)).flatMap(Optional::stream).toList();
    if (inOrder.size() < 2) {
      return CheckResult.warning(
          what,
          "has fewer than two PBXs: the carrier cannot go on to the standby by itself",
          "Give both PBXs an origination URL on the trunk.");
    }
    int primary = inOrder.get(0).priority();
    boolean same = inOrder.stream().skip(1).anyMatch(url -> url.priority() == primary);
    boolean turned = inOrder.stream().skip(1).anyMatch(url -> url.priority() < primary);
    if (same) {
      return CheckResult.failure(
          what,
          "is undecided: with equal priorities the carrier shares calls between the PBXs",
          "Give the primary the lowest priority number.");
    }
    return turned
        ? CheckResult.warning(
            what,
            "has a standby before the primary: as it should be only after a failover",
            "If there was none, give the primary the lowest priority number, or fail back.")
        : CheckResult.ok(what, "is the primary first");
  }

  private static Optional<OriginationUrl> find(List<OriginationUrl> urls, Pbx pbx) {
    return urls.stream().filter(url -> url.sid().equals(pbx.originationUrl())).findFirst();
  }
}
