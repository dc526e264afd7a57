package org.linekeeper.estate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One number (DDI) of the office.
 *
 * @param number the number the world dials
 * @param name what people call it, such as {@code Sales}
 * @param site the site whose PBX normally serves it
 * @param groups groups it is moved with
 * @param movable false for lines that must never be moved: fax, alarm, lift, card terminal
 * @param targets where it rings when it is diverted and nobody said where: staff, all at once
 * @param callerId shown to the mobile, always or when the caller withholds theirs; empty: this
 *     number
 */
public record OfficeNumber(
    PhoneNumber number,
    String name,
    SiteId site,
    Set<GroupId> groups,
    boolean movable,
    List<Target> targets,
    Optional<PhoneNumber> callerId) {
  /** Copies its collections. */
  public OfficeNumber {
    groups = Set.copyOf(groups);
    targets = List.copyOf(targets);
  }
}
