package org.linekeeper.verdict;

import java.util.Optional;
import org.linekeeper.verdict.Verdict.Kind;

/**
 * What one family of evidence comes to; it is the verdict if nothing weightier is found.
 *
 * @param kind the situation
 * @param evidence what was seen, one clause for people
 */
record Finding(Kind kind, String evidence) {

  /** For families, most of which find nothing most of the time. */
  static Optional<Finding> of(Kind kind, String evidence) {
    return Optional.of(new Finding(kind, evidence));
  }
}
