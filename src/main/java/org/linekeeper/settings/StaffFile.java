package org.linekeeper.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.estate.Selection;
import org.linekeeper.estate.StaffId;
import org.linekeeper.estate.StaffMember;

/** staff.yml: who is obeyed, where calls reach them, and how they prove who they are. */
final class StaffFile {
  private static final String CODE = "[0-9]{2,8}";

  private final Section staff;
  private final Catalogue catalogue;
  private final List<TargetUse> uses;
  private final Map<String, Value> seen = new HashMap<>();
  private final List<StaffMember> members = new ArrayList<>();
  private final Map<StaffId, StaffAccess> access = new LinkedHashMap<>();

  StaffFile(Section staff, Catalogue catalogue, List<TargetUse> uses) {
    this.staff = staff;
    this.catalogue = catalogue;
    this.uses = uses;
  }

  StaffFile read() {
    staff.eachNamed(
        (name, value) -> {
          boolean good = Names.good(value, name, "a member of staff");
          member(name, good, value.section());
        });
    return this;
  }

  List<StaffMember> members() {
    return members;
  }

  Map<StaffId, StaffAccess> access() {
    return access;
  }

  private void member(String name, boolean good, Section entry) {
    Optional<String> fullName = entry.required("name", "their name").flatMap(Value::text);
    Optional<Value> mobileValue = entry.required("mobile", "their mobile number");
    Optional<PhoneNumber> mobile = mobileValue.flatMap(v -> v.phone(catalogue.region));
    mobile.ifPresent(
        number -> {
          Value value = mobileValue.orElseThrow();
          once(value, number.e164(), "the mobile " + catalogue.show(number));
          uses.add(new TargetUse(value, number));
        });
    List<Selection> mayMove =
        entry.optional("may-move").map(catalogue::selections).orElse(List.of());
    boolean mayOperate = entry.optional("may-operate").flatMap(Value::yesOrNo).orElse(false);
    boolean alerts = entry.optional("alerts").flatMap(Value::yesOrNo).orElse(false);
    StaffAccess proof = proof(entry);
    entry.close();
    if (good && mobile.isPresent()) {
      StaffId id = new StaffId(name);
      members.add(
          new StaffMember(
              id,
              fullName.orElse(name),
              mobile.get(),
              new LinkedHashSet<>(mayMove),
              mayOperate,
              alerts));
      access.put(id, proof);
    }
  }

  private StaffAccess proof(Section entry) {
    Optional<Value> codeValue = entry.optional("code");
    Optional<String> code =
        codeValue.flatMap(v -> v.matching(CODE, "write 2 to 8 digits, such as \"21\""));
    code.ifPresent(c -> once(codeValue.orElseThrow(), "code " + c, "the code " + c));
    if (code.isPresent()) {
      entry.required(
          "pin-hash", "HASH, made by: java -jar linekeeper.jar hash; the code needs a PIN");
    }
    return new StaffAccess(code, entry.optional("pin-hash").flatMap(Hashes::read));
  }

  private void once(Value value, String key, String what) {
    Value first = seen.putIfAbsent(key, value);
    if (first != null) {
      value.wrong(
          what + " is here twice; the first is on line " + first.where().line(),
          "give each member of staff their own");
    }
  }
}
