package org.linekeeper.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.Trunk;

/**
 * Which changes of an edit take effect only at the next start, and what is in force until then?
 * What is watched, and how it is reached, is set up once; everything else follows the files.
 */
public final class RestartNeeded {
  private static final Map<String, Function<Settings, Object>> FIXED_AT_START = fixedAtStart();

  private RestartNeeded() {}

  /** What an edit puts in force at once, beside what stays as it was at the start. */
  public static Settings inForce(Settings atStart, Settings edited) {
    LocalSettings fixed = atStart.local();
    return new Settings(
        inForce(atStart.estate(), edited.estate()),
        new LocalSettings(
            fixed.watcher(),
            fixed.journal(),
            fixed.peers(),
            fixed.web(),
            fixed.pbxs(),
            fixed.profile(),
            fixed.carrier(),
            new SmsSettings(
                fixed.sms().webhookUrls(),
                fixed.sms().pollEvery(),
                edited.local().sms().dialogue()),
            edited.local().staff(),
            fixed.retention(),
            fixed.mirror(),
            fixed.nameServer()),
        edited.hash());
  }

  /**
   * The same for the estate alone. The PBXs that decide are those that are watched: one of another
   * name would have no verdict, and with it no failover. Their origination URLs are the trunk's, so
   * the trunk goes with them, and so does what moves around them.
   */
  public static Estate inForce(Estate atStart, Estate edited) {
    return new Estate(
            edited.office(),
            atStart.pbxs(),
            new Trunk(atStart.trunk().sid(), edited.trunk().controlNumber()),
            edited.numbers(),
            edited.staff(),
            edited.schedule(),
            edited.targets(),
            edited.rules())
        .with(atStart.moving());
  }

  /** One sentence for each change that waits; empty if the whole edit takes effect at once. */
  public static List<String> between(Settings atStart, Settings edited) {
    return FIXED_AT_START.entrySet().stream()
        .filter(part -> !part.getValue().apply(atStart).equals(part.getValue().apply(edited)))
        .map(
            part ->
                part.getKey()
                    + " changed: this takes effect when Linekeeper is restarted; until then what it"
                    + " was started with stays in use")
        .toList();
  }

  private static Map<String, Function<Settings, Object>> fixedAtStart() {
    Map<String, Function<Settings, Object>> parts = new LinkedHashMap<>();
    parts.put("the watcher's name", s -> s.local().watcher());
    parts.put("the journal's directory", s -> s.local().journal());
    parts.put("the watchers", s -> s.local().peers());
    parts.put("the web address, port, users or TLS", s -> s.local().web());
    parts.put(
        "the PBXs (their names, roles, sites, origination URLs or registrations)",
        s -> s.estate().pbxs());
    parts.put("the access to a PBX", s -> s.local().pbxs());
    parts.put("the watching profile", s -> s.local().profile());
    parts.put("the carrier's access or time-outs", s -> s.local().carrier());
    parts.put("the trunk", s -> s.estate().trunk().sid());
    parts.put(
        "the floating address, the names in the DNS or the commands", s -> s.estate().moving());
    parts.put("the access to the name server", s -> s.local().nameServer());
    parts.put(
        "the SMS webhook or polling",
        s -> List.of(s.local().sms().webhookUrls(), s.local().sms().pollEvery()));
    parts.put("how long the journal is kept", s -> s.local().retention());
    parts.put("what is mirrored between the PBXs", s -> s.local().mirror());
    return parts;
  }
}
