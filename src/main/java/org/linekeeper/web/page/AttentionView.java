package org.linekeeper.web.page;

import java.util.List;
import org.linekeeper.failover.Overview;
import org.linekeeper.web.Notice;
import org.linekeeper.web.OfficeWords;

/**
 * What somebody should look at.
 *
 * @param notices in plain sentences
 * @param drifts numbers that somebody else changed at the carrier
 * @param rows origination URLs that somebody else changed
 * @param missing what is not yet as wanted; empty text if nothing
 */
record AttentionView(List<Notice> notices, List<Drift> drifts, List<String> rows, String missing) {
  /** One number that is not as Linekeeper left it. */
  record Drift(String id, String e164, String phone, String what) {}

  static AttentionView of(Overview seen, List<Notice> notices, OfficeWords words) {
    return new AttentionView(
        List.copyOf(notices),
        seen.drifts().entrySet().stream()
            .map(
                drift ->
                    new Drift(
                        "d" + drift.getKey().e164().substring(1),
                        drift.getKey().e164(),
                        words.phone(drift.getKey()),
                        words.plain(drift.getValue())))
            .toList(),
        seen.rowDrifts().stream().map(words::plain).toList(),
        missing(seen.missing()));
  }

  /** What is left when this cannot be written. */
  static AttentionView unknown() {
    return new AttentionView(
        List.of(Views.notShown("what needs attention")), List.of(), List.of(), "");
  }

  private static String missing(int missing) {
    if (missing == 0) {
      return "";
    }
    return missing == 1
        ? "One change at the carrier is still to be made."
        : missing + " changes at the carrier are still to be made.";
  }

  /** Whether there is nothing to look at. */
  public boolean calm() {
    return notices.isEmpty() && drifts.isEmpty() && rows.isEmpty() && missing.isEmpty();
  }
}
