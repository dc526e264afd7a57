package org.linekeeper.settings;

import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;

/** May calls be diverted to that number? Injected, so that the rules have one home. */
@FunctionalInterface
public interface TargetCheck {
  /** Allows every number. */
  TargetCheck NONE = (estate, target) -> Optional.empty();

  /**
   * Why not, in one sentence for people; empty if they may.
   *
   * @param estate what could be read of it: numbers, control number, staff and target policy
   */
  Optional<String> whyNot(Estate estate, PhoneNumber target);
}
