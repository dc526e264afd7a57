package org.linekeeper.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.linekeeper.check.CheckResult;

/** What the AMI user must be allowed to do, and for what. */
enum Privilege {
  SETVAR("call", "the role gate cannot be closed or opened"),
  GETVAR("reporting", "the role gate cannot be read back"),
  ORIGINATE("originate", "test calls cannot be placed"),
  CORESTATUS("reporting", "a full PBX would look like a broken one"),
  CORESETTINGS("reporting", "a full PBX would look like a broken one"),
  CORESHOWCHANNELS("reporting", "a switchover could cut off an emergency call"),
  PJSIPSHOWREGISTRATIONSOUTBOUND("reporting", "a lost trunk would not be noticed"),
  PJSIPREGISTER("reporting", "the trunk cannot be moved to the other PBX"),
  PJSIPUNREGISTER("reporting", "the trunk cannot be moved to the other PBX");

  private final String right;
  private final String without;

  Privilege(String right, String without) {
    this.right = right;
    this.without = without;
  }

  private boolean forRegistrations() {
    return name().startsWith("PJSIP");
  }

  /**
   * One good result, or one for each action that is not allowed.
   *
   * @param allowed the actions that AMI offers this user, in lower case
   */
  static List<CheckResult> results(String what, List<String> allowed, Scope scope) {
    List<CheckResult> results = new ArrayList<>();
    for (Privilege needed : values()) {
      boolean wanted = !needed.forRegistrations() || !scope.registrations().isEmpty();
      if (wanted && !allowed.contains(needed.name().toLowerCase(Locale.ROOT))) {
        results.add(
            CheckResult.failure(
                what,
                "The action " + needed.name() + " is not offered, so " + needed.without + ".",
                "Add "
                    + needed.right
                    + " to write in manager.conf and run manager reload; if it is there, the"
                    + " module that has the action is not loaded."));
      }
    }
    if (allowed.contains("command")) {
      results.add(
          CheckResult.warning(
              what,
              "The user may run any console command, which Linekeeper never does.",
              "Take command out of write in manager.conf; dialplans/ has the least that works."));
    }
    return results.isEmpty()
        ? List.of(CheckResult.ok(what, "Everything that is needed, and no console."))
        : results;
  }
}
