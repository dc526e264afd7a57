package org.linekeeper.estate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything the office has, as one value. What decides is in here, so it becomes a journal entry
 * when the files are accepted; passwords, ports and paths are not in here.
 *
 * @param office the office's name, used in messages
 * @param pbxs the primary first
 * @param trunk the trunk at the carrier
 * @param numbers every number in numbers.yml, in its order
 * @param staff everyone in staff.yml
 * @param schedule the hours at which numbers move by themselves
 * @param targets where diverted calls may go
 * @param rules how failover behaves
 * @param takeover what else moves when another PBX serves; empty in journals that are older than it
 */
public record Estate(
    String office,
    List<Pbx> pbxs,
    Trunk trunk,
    List<OfficeNumber> numbers,
    List<StaffMember> staff,
    Schedule schedule,
    TargetPolicy targets,
    Rules rules,
    Optional<Takeover> takeover) {
  /** Copies its lists. */
  public Estate {
    pbxs = List.copyOf(pbxs);
    numbers = List.copyOf(numbers);
    staff = List.copyOf(staff);
  }

  /** An office where nothing moves but gates, the carrier's order and registrations. */
  public Estate(
      String office,
      List<Pbx> pbxs,
      Trunk trunk,
      List<OfficeNumber> numbers,
      List<StaffMember> staff,
      Schedule schedule,
      TargetPolicy targets,
      Rules rules) {
    this(office, pbxs, trunk, numbers, staff, schedule, targets, rules, Optional.empty());
  }

  /** The same with something else that moves. */
  public Estate with(Takeover moving) {
    Optional<Takeover> some = Optional.of(moving).filter(any -> !any.equals(Takeover.NONE));
    return new Estate(office, pbxs, trunk, numbers, staff, schedule, targets, rules, some);
  }

  /** What else moves when another PBX serves. */
  public Takeover moving() {
    return takeover.orElse(Takeover.NONE);
  }

  /** The PBX with that name. */
  public Optional<Pbx> pbx(PbxId id) {
    return pbxs.stream().filter(pbx -> pbx.id().equals(id)).findFirst();
  }

  /** The PBX that serves on a normal day. */
  public Pbx primary() {
    return pbxs.get(0);
  }

  /** The office number that is dialled as given. */
  public Optional<OfficeNumber> number(PhoneNumber number) {
    return numbers.stream().filter(n -> n.number().equals(number)).findFirst();
  }

  /** The member of staff with that short name. */
  public Optional<StaffMember> staffMember(StaffId id) {
    return staff.stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /** The member of staff who texts from that number. */
  public Optional<StaffMember> staffWithMobile(PhoneNumber mobile) {
    return staff.stream().filter(s -> s.mobile().equals(mobile)).findFirst();
  }

  /** The numbers by what the world dials. */
  public Map<PhoneNumber, OfficeNumber> numbersByNumber() {
    return numbers.stream().collect(Collectors.toMap(OfficeNumber::number, Function.identity()));
  }
}
