package org.linekeeper.settings;

import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.TargetPolicy;

/** May calls be diverted to that number? Injected, so that routing's rules have one home. */
@FunctionalInterface
public interface TargetCheck {
  /** Allows every number. */
  TargetCheck NONE = (target, staffMobile, policy, own) -> Optional.empty();

  /**
   * Why not, in a clause such as {@code is a premium rate number}; empty if calls may go there.
   *
   * @param staffMobile whether it stands in staff.yml, and so needs no allowed prefix
   * @param own the office's own numbers
   */
  Optional<String> whyNot(
      PhoneNumber target, boolean staffMobile, TargetPolicy policy, Set<PhoneNumber> own);
}
