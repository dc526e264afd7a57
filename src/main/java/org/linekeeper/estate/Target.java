package org.linekeeper.estate;

import java.util.Optional;

/**
 * Where a diverted number may ring: a member of staff's mobile, or a number from the allowed
 * prefixes. Exactly one of the two is present.
 */
public record Target(Optional<StaffId> staff, Optional<PhoneNumber> number) {
  /** Refuses neither and both. */
  public Target {
    if (staff.isPresent() == number.isPresent()) {
      throw new IllegalArgumentException("a target is either a member of staff or a number");
    }
  }

  /** A member of staff, whose mobile is looked up when the call is routed. */
  public static Target of(StaffId staff) {
    return new Target(Optional.of(staff), Optional.empty());
  }

  /** A number that is nobody's in staff.yml. */
  public static Target of(PhoneNumber number) {
    return new Target(Optional.empty(), Optional.of(number));
  }

  @Override
  public String toString() {
    return staff.map(StaffId::name).or(() -> number.map(PhoneNumber::e164)).orElseThrow();
  }
}
