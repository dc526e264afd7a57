package org.linekeeper.settings;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Rules;
import org.linekeeper.estate.TargetPolicy;
import org.linekeeper.estate.Trunk;
import org.linekeeper.verdict.Profile;

/** linekeeper.yml: the office, its PBXs and carrier, and how this watcher reaches them. */
final class OfficeFile {
  private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());
  private static final Path JOURNAL = Path.of("/var/lib/linekeeper/journal");
  private static final Duration LONGEST_FREEZE = Duration.ofMinutes(1);

  final Optional<String> office;
  final Optional<String> region;
  final Optional<ZoneId> zone;
  final String watcher;
  final Path journal;
  final Optional<Peers> peers;
  final WebSettings web;
  final PbxSection pbxs;
  final Profile profile;
  final Rules rules;
  final TakeoverSection takeover;
  final CarrierSection carrier;
  final Optional<PhoneNumber> controlNumber;
  final SmsSettings sms;
  final List<String> allowedPrefixes;
  final Retention retention;
  final MirrorSettings mirror;

  OfficeFile(Section file, Path directory) {
    Section officeSection = file.requiredSection("office", "with name, region and time-zone");
    office = officeSection.required("name", "what people call the office").flatMap(Value::text);
    region = officeSection.required("region", "GB").flatMap(OfficeFile::region);
    zone = officeSection.required("time-zone", "Europe/London").flatMap(OfficeFile::zone);
    officeSection.close();

    Section watcherSection = file.section("watcher");
    watcher =
        watcherSection
            .optional("name")
            .flatMap(v -> v.matching(Names.FORM, "write small letters, digits and hyphens"))
            .orElse("watcher-1");
    journal = watcherSection.optional("journal").flatMap(v -> v.path(directory)).orElse(JOURNAL);

    web = WebSection.read(file.section("web"), directory);
    pbxs = new PbxSection(file.requiredSection("pbxs", "the primary and the standby"), directory);
    peers =
        WatchersSection.read(
            file.section("watchers"), watcher, watcherSection, directory, pbxs.pbxs);
    watcherSection.close();
    profile = profile(file.section("watching"));
    Section failover = file.section("failover");
    takeover = new TakeoverSection(failover, pbxs.pbxs, pbxs.promoted, peers);
    rules = RulesSection.read(failover, file.section("edits"));
    carrier =
        new CarrierSection(file.requiredSection("carrier", "how to reach the carrier"), region);
    Section smsSection = file.section("sms");
    controlNumber = smsSection.optional("control-number").flatMap(v -> v.phone(region));
    sms = SmsSection.read(smsSection);
    allowedPrefixes = prefixes(file.section("targets"));
    retention = retention(file.section("retention"));
    mirror = MirrorSection.read(file.section("mirror"), pbxs.access.keySet());
    file.close();
  }

  Optional<Trunk> trunk() {
    return carrier.trunk.map(sid -> new Trunk(sid, controlNumber));
  }

  Optional<TargetPolicy> targetPolicy() {
    return region.map(r -> new TargetPolicy(r, allowedPrefixes));
  }

  private static Optional<String> region(Value value) {
    return value
        .text()
        .flatMap(
            text ->
                REGIONS.contains(text)
                    ? Optional.of(text)
                    : value.refused(
                        text, "write the two capital letters of the country, such as GB"));
  }

  private static Optional<ZoneId> zone(Value value) {
    return value
        .text()
        .flatMap(
            text -> {
              // Only names that follow clock changes: an offset would be wrong for half the year.
              if (!ZoneId.getAvailableZoneIds().contains(text)) {
                return value.refused(
                    text,
                    Suggest.nearest(text, ZoneId.getAvailableZoneIds())
                        .map(known -> "did you mean \"" + known + "\"?")
                        .orElse("write REGION/CITY, such as Europe/London"));
              }
              try {
                return Optional.of(ZoneId.of(text));
              } catch (DateTimeException e) {
                return value.refused(text, "write REGION/CITY, such as Europe/London");
              }
            });
  }

  private enum ProfileName {
    LAN,
    WAN
  }

  private static Profile profile(Section section) {
    Profile shipped =
        switch (section
            .optional("profile")
            .flatMap(v -> v.choice(ProfileName.class))
            .orElse(ProfileName.LAN)) {
          case LAN -> Profile.lan();
          case WAN -> Profile.wan();
        };
    // Less than one missed answer would call a PBX hung for a single lost packet.
    Duration least = shipped.deadline().plus(shipped.every());
    Profile profile =
        section
            .optional("freeze-tolerance")
            .flatMap(v -> v.duration(least, LONGEST_FREEZE))
            .map(shipped::withFreezeTolerance)
            .orElse(shipped);
    section.close();
    return profile;
  }

  private static List<String> prefixes(Section section) {
    List<String> prefixes =
        section.optional("allowed-prefixes").map(Value::list).orElse(List.of()).stream()
            .map(
                v ->
                    v.text()
                        .map(text -> text.replace(" ", ""))
                        .flatMap(
                            text ->
                                text.matches("\\+[1-9][0-9]{0,14}")
                                    ? Optional.of(text)
                                    : v.<String>refused(
                                        text, "write + and the first digits, such as +447")))
            .flatMap(Optional::stream)
            .toList();
    section.close();
    return prefixes;
  }

  private static Retention retention(Section section) {
    Retention shipped = Retention.defaults();
    Retention retention =
        new Retention(
            section
                .optional("journal")
                .flatMap(v -> v.duration(Duration.ofDays(1), Duration.ofDays(3650)))
                .orElse(shipped.journal()));
    section.close();
    return retention;
  }
}
