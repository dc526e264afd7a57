package org.linekeeper.journal;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linekeeper.state.Entry;

/**
 * The names under which entries are kept. A name and what it stands for are never changed: journals
 * live for years. A component added to a record raises the kind's version, so that an older release
 * refuses the entry instead of overlooking what it says.
 */
enum EntryKind {
  SETTINGS_ACCEPTED("settings-accepted", 1, Entry.SettingsAccepted.class),
  MODE_SET("mode-set", 1, Entry.ModeSet.class),
  WENT_ALONE("went-alone", 1, Entry.WentAlone.class),
  PAUSED("paused", 1, Entry.Paused.class),
  RESUMED("resumed", 1, Entry.Resumed.class),
  ACKNOWLEDGED("acknowledged", 1, Entry.Acknowledged.class),
  DIVERSION_BEGAN("diversion-began", 1, Entry.DiversionBegan.class),
  DIVERSION_ENDED("diversion-ended", 1, Entry.DiversionEnded.class),
  EMERGENCY_BEGAN("emergency-began", 1, Entry.EmergencyBegan.class),
  EMERGENCY_ENDED("emergency-ended", 1, Entry.EmergencyEnded.class),
  INTENDED("intended", 1, Entry.Intended.class),
  DONE("done", 1, Entry.Done.class),
  MESSAGE_HANDLED("message-handled", 1, Entry.MessageHandled.class),
  CHALLENGE_ISSUED("challenge-issued", 1, Entry.ChallengeIssued.class),
  CHALLENGE_CLOSED("challenge-closed", 1, Entry.ChallengeClosed.class),
  DRIFT_ACCEPTED("drift-accepted", 1, Entry.DriftAccepted.class),
  WATCHER_REPLACED("watcher-replaced", 1, Entry.WatcherReplaced.class),
  LEASE_RENEWED("lease-renewed", 1, Entry.LeaseRenewed.class),
  LEASE_KEPT("lease-kept", 1, Entry.LeaseKept.class),
  LEASE_PASSED("lease-passed", 1, Entry.LeasePassed.class),
  LEASE_FREED("lease-freed", 1, Entry.LeaseFreed.class),
  VERDICT_NOTED("verdict-noted", 1, Entry.VerdictNoted.class),
  ALERT_SENT("alert-sent", 1, Entry.AlertSent.class),
  NOTED("noted", 1, Entry.Noted.class);

  private static final Map<String, EntryKind> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.label, Function.identity()));
  private static final Map<Class<? extends Entry>, EntryKind> BY_TYPE =
      Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.type, Function.identity()));

  final String label;
  final int version;
  final Class<? extends Entry> type;

  EntryKind(String label, int version, Class<? extends Entry> type) {
    this.label = label;
    this.version = version;
    this.type = type;
  }

  static Optional<EntryKind> labelled(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }

  static EntryKind of(Entry entry) {
    EntryKind kind = BY_TYPE.get(entry.getClass());
    if (kind == null) {
      throw new IllegalStateException("no kind is named for " + entry.getClass().getName());
    }
    return kind;
  }
}
