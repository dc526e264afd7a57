package org.linekeeper.service;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.PbxLink;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.carrier.twilio.TwilioSettings;
import org.linekeeper.command.DialogueRules;
import org.linekeeper.command.Pins;
import org.linekeeper.estate.Pbx;
import org.linekeeper.estate.PbxId;
import org.linekeeper.net.IoLoop;
import org.linekeeper.probe.OwnLiveness;
import org.linekeeper.probe.PbxProber;
import org.linekeeper.probe.Scope;
import org.linekeeper.probe.SipAccess;
import org.linekeeper.settings.CarrierAccess;
import org.linekeeper.settings.LocalSettings;
import org.linekeeper.settings.Passwords;
import org.linekeeper.settings.PbxAccess;
import org.linekeeper.settings.Settings;
import org.linekeeper.settings.SmsSettings;
import org.linekeeper.settings.StaffAccess;
import org.linekeeper.verdict.Observation;

/** From settings to the parts' own terms. */
final class Wiring {
  private Wiring() {}

  static TwilioSettings twilio(CarrierAccess access) {
    Optional<CarrierAccess.ApiKey> key = access.apiKey();
    TwilioSettings settings =
        TwilioSettings.of(
            access.account(),
            key.map(CarrierAccess.ApiKey::sid).orElse(access.account()),
            key.map(CarrierAccess.ApiKey::secret).orElse(access.authToken()).reveal(),
            access.baseUrl(),
            access.twimlBaseUrl().orElse(URI.create("https://example.invalid/")));
    return settings.withTimes(
        access.connectTimeout(),
        access.answerTimeout(),
        access.answerTimeout().multipliedBy(2).plus(access.connectTimeout()));
  }

  static List<PbxLink> links(LocalSettings local, Workers workers) {
    return local.pbxs().entrySet().stream()
        .map(entry -> new PbxLink(ami(entry.getKey(), entry.getValue()), local.profile(), workers))
        .toList();
  }

  static AmiAccess ami(PbxId pbx, PbxAccess access) {
    PbxAccess.Ami ami = access.ami();
    return new AmiAccess(
        pbx, ami.host(), ami.port(), ami.tls(), ami.trust(), ami.user(), ami.password());
  }

  static PbxProber prober(
      Settings settings,
      PbxLink link,
      Workers workers,
      IoLoop loop,
      OwnLiveness liveness,
      Consumer<Observation> sink) {
    return null;
  }

  static Pins pins(LocalSettings local) {
    return (staff, pin) ->
        Optional.ofNullable(local.staff().get(staff))
            .flatMap(StaffAccess::pin)
            .filter(hash -> Passwords.matches(pin, hash))
            .isPresent();
  }

  static DialogueRules rules(LocalSettings local) {
    DialogueRules shipped = DialogueRules.defaults();
    return new DialogueRules(
        local.sms().codeValid(),
        shipped.wrongCodes(),
        shipped.texts(),
        shipped.unknownTexts(),
        local.sms().confirm() == SmsSettings.Confirm.PIN,
        shipped.wrongPins(),
        shipped.per());
  }
}
