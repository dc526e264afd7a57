package org.linekeeper.estate;

import java.util.Set;

/**
 * Somebody whose texts and feature codes are obeyed.
 *
 * @param id short name, used in numbers.yml and in texts
 * @param name as other people read it
 * @param mobile texts from this number are theirs; diverted calls ring here
 * @param mayMove the numbers they may move
 * @param mayOperate whether they may also switch PBXs, pause and resume
 * @param alerts whether they are texted when something happens to the phones
 */
public record StaffMember(
    StaffId id,
    String name,
    PhoneNumber mobile,
    Set<Selection> mayMove,
    boolean mayOperate,
    boolean alerts) {
  /** Copies its sets. */
  public StaffMember {
    mayMove = Set.copyOf(mayMove);
  }
}
