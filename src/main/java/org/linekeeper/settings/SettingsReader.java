package org.linekeeper.settings;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.OfficeNumber;
import org.linekeeper.estate.Schedule;
import org.linekeeper.estate.Trunk;

/**
 * Reads linekeeper.yml, numbers.yml, staff.yml and schedule.yml from a directory, and reports
 * everything that is wrong with them at once. Never throws for what is in the files.
 */
public final class SettingsReader {
  private final Function<String, Optional<String>> environment;
  private final TargetCheck targets;

  /**
   * @param environment what {@code ${env:NAME}} stands for
   * @param targets which numbers calls may be diverted to
   */
  public SettingsReader(Function<String, Optional<String>> environment, TargetCheck targets) {
    this.environment = environment;
    this.targets = targets;
  }

  /** With the environment of this process. */
  public static SettingsReader ofProcess(TargetCheck targets) {
    Map<String, String> variables = System.getenv();
    return new SettingsReader(name -> Optional.ofNullable(variables.get(name)), targets);
  }

  /** What the files in that directory say now. */
  public SettingsRead read(Path directory) {
    return read(Snapshot.of(directory));
  }

  SettingsRead read(Snapshot snapshot) {
    return read(snapshot, new Reading(new References(snapshot.directory(), environment)));
  }

  SettingsRead read(Snapshot snapshot, Reading reading) {
    List<TargetUse> uses = new ArrayList<>();
    // References only where things differ from watcher to watcher: what decides is in the files.
    OfficeFile office =
        new OfficeFile(
            YamlFile.read(reading, snapshot.file(Snapshot.OFFICE), true), snapshot.directory());
    Section numbersFile = YamlFile.read(reading, snapshot.file(Snapshot.NUMBERS), false);
    Section staffFile = YamlFile.read(reading, snapshot.file(Snapshot.STAFF), false);
    Section staff = staffFile.requiredSection("staff", "everybody who may answer or move calls");
    staffFile.close();

    Catalogue catalogue =
        new Catalogue(
            office.region,
            office.pbxs.sites,
            new Known(staff.names(), staff.present()),
            NumbersFile.groups(numbersFile, office.pbxs.sites));
    List<OfficeNumber> numbers = new NumbersFile(numbersFile, catalogue, uses).read();
    StaffFile people = new StaffFile(staff, catalogue, uses).read();
    List<Schedule.Rule> rules =
        new ScheduleFile(
                YamlFile.read(reading, snapshot.file(Snapshot.SCHEDULE), false), catalogue, uses)
            .read();
    if (staff.present()) {
      checkTargets(office, numbers, people, uses);
    }

    office.carrier.checkTestNumber(numbers);

    Optional<Settings> settings =
        reading.problems.isEmpty()
            ? Optional.of(settings(office, numbers, people, rules, snapshot.hash()))
            : Optional.empty();
    return new SettingsRead(settings, reading.problems.list(), snapshot.hash());
  }

  /**
   * With as much of the estate as could be read, so that these problems do not hide behind others.
   */
  private void checkTargets(
      OfficeFile office, List<OfficeNumber> numbers, StaffFile people, List<TargetUse> uses) {
    if (office.targetPolicy().isEmpty()) {
      return;
    }
    Estate known =
        new Estate(
            "",
            office.pbxs.pbxs,
            new Trunk("", office.controlNumber),
            numbers,
            people.members(),
            new Schedule(ZoneOffset.UTC, List.of()),
            office.targetPolicy().get(),
            office.rules);
    for (TargetUse use : uses) {
      targets
          .whyNot(known, use.number())
          .ifPresent(
              why ->
                  use.at()
                      .wrong(
                          use.at().label() + " is refused: " + why,
                          "name somebody or something else; see targets in linekeeper.yml"));
    }
  }

  /** Only when there is no problem: then everything that is required is there. */
  private static Settings settings(
      OfficeFile office,
      List<OfficeNumber> numbers,
      StaffFile people,
      List<Schedule.Rule> rules,
      String hash) {
    Estate estate =
        new Estate(
                office.office.orElseThrow(),
                office.pbxs.pbxs,
                office.trunk().orElseThrow(),
                numbers,
                people.members(),
                new Schedule(office.zone.orElseThrow(), rules),
                office.targetPolicy().orElseThrow(),
                office.rules)
            .with(office.takeover.takeover);
    LocalSettings local =
        new LocalSettings(
            office.watcher,
            office.journal,
            office.peers,
            office.web,
            office.pbxs.access,
            office.profile,
            office.carrier.access.orElseThrow(),
            office.sms,
            people.access(),
            office.retention,
            office.mirror,
            office.takeover.nameServer);
    return new Settings(estate, local, hash);
  }
}
