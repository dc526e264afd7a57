package org.linekeeper.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.linekeeper.journal.EstateHash;
import org.linekeeper.settings.Peers;
import org.linekeeper.settings.Settings;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a watcher says of itself to another one that asks.
 *
 * @param watcher its name
 * @param release of the program; empty text if it does not run from a jar
 * @param machine one name for all that run on the same kernel, and until that is started anew
 * @param time what its clock says
 * @param files one text for all whose files mean the same; empty text if it has none that can be
 *     read
 * @param troubles what somebody has to look at there, each a sentence
 */
record WatcherCard(
    String watcher,
    String release,
    String machine,
    Instant time,
    String files,
    List<String> troubles) {
  private static final JsonMapper JSON = new JsonMapper();

  /** People read schedules and the times of texts; nothing else depends on it. */
  private static final Duration APART = Duration.ofSeconds(5);

  WatcherCard {
    Objects.requireNonNull(watcher);
    Objects.requireNonNull(release);
    Objects.requireNonNull(machine);
    Objects.requireNonNull(time);
    Objects.requireNonNull(files);
    troubles = List.copyOf(troubles);
  }

  /** Of this process. */
  static WatcherCard here(
      String watcher, Optional<Settings> files, Instant time, List<String> troubles) {
    return new WatcherCard(
        watcher,
        Optional.ofNullable(WatcherCard.class.getPackage().getImplementationVersion()).orElse(""),
        boot(),
        time,
        files.map(WatcherCard::meaning).orElse(""),
        troubles);
  }

  /** All that must be alike on the three; access to PBXs and carrier need not be. */
  private static String meaning(Settings settings) {
    return EstateHash.of(settings.estate())
        + settings.local().profile()
        + settings.local().peers().map(Peers::watchers).map(Object::toString).orElse("");
  }

  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return ""; // then nothing is said about machines
    }
  }

  byte[] written() {
    return JSON.writeValueAsBytes(this);
  }

  /** Empty if another release wrote something else. */
  static Optional<WatcherCard> read(byte[] written) {
    try {
      return Optional.of(JSON.readValue(written, WatcherCard.class));
    } catch (JacksonException ofAnotherRelease) {
      return Optional.empty();
    }
  }

  boolean sameRelease(WatcherCard other) {
    return release.equals(other.release);
  }

  boolean sameFiles(WatcherCard other) {
    return files.equals(other.files);
  }

  boolean sameMachine(WatcherCard other) {
    return !machine.isEmpty() && machine.equals(other.machine);
  }

  /** How far its clock is ahead of ours, in whole seconds, if that is more than a few. */
  Optional<Long> ahead(Instant ours) {
    Duration ahead = Duration.between(ours, time);
    return Optional.of(ahead)
        .filter(apart -> apart.abs().compareTo(APART) > 0)
        .map(Duration::toSeconds);
  }

  /** For people, such as {@code is 7 s behind}. */
  static String apart(long seconds) {
    return "is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead" : "behind");
  }
}
