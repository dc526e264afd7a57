package org.linekeeper.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.linekeeper.estate.PbxId;
import org.linekeeper.secret.Secret;

/** {@code mirror:} in linekeeper.yml. */
final class MirrorSection {
  private static final Duration MOST_OFTEN = Duration.ofSeconds(1);
  private static final Duration LEAST_OFTEN = Duration.ofMinutes(5);
  private static final String FAMILY = "[A-Za-z0-9_.-]{1,79}(/[A-Za-z0-9_.-]{1,79}){0,5}";

  /** What is copied in another way, or must not be: the canary's and Linekeeper's own rows. */
  private static final Map<String, String> NOT_SO =
      Map.of(
          "registrar", "write contacts: yes, which knows how old a registration is",
          "Queue", "name the queues under queues: a running Asterisk does not read these rows",
          "linekeeper", "leave it out: these rows are Linekeeper's own, and each PBX has its own");

  private MirrorSection() {}

  static MirrorSettings read(Section section, Set<PbxId> pbxs) {
    MirrorSettings shipped = MirrorSettings.defaults();
    MirrorSettings read =
        new MirrorSettings(
            section.optional("contacts").flatMap(Value::yesOrNo).orElse(shipped.contacts()),
            list(section, "families").stream()
                .map(MirrorSection::family)
                .flatMap(Optional::stream)
                .toList(),
            list(section, "queues").stream()
                .map(v -> v.matching("[^,;|\\r\\n]{1,79}", "write a queue's name in queues.conf"))
                .flatMap(Optional::stream)
                .toList(),
            section
                .optional("compare-every")
                .flatMap(v -> v.duration(MOST_OFTEN, LEAST_OFTEN))
                .orElse(shipped.every()),
            logins(section.section("ami"), pbxs));
    section.close();
    if (read.wanted() && !read.logins().keySet().containsAll(pbxs)) {
      section.wrong(
          "something is to be mirrored, but not every PBX has a user for it",
          "add ami: with user and password for each PBX (see dialplans/, linekeeper-astdb)");
    }
    return read;
  }

  private static List<Value> list(Section section, String key) {
    return section.optional(key).map(Value::list).orElse(List.of());
  }

  private static Optional<String> family(Value value) {
    Optional<String> name =
        value.matching(FAMILY, "write a family of AstDB, such as CFWD; see database show");
    return name.flatMap(
        text -> {
          String remedy = NOT_SO.get(text.split("/", 2)[0]);
          return remedy == null ? name : value.refused(text, remedy);
        });
  }

  private static Map<PbxId, MirrorSettings.Login> logins(Section section, Set<PbxId> pbxs) {
    Map<PbxId, MirrorSettings.Login> logins = new LinkedHashMap<>();
    section.eachNamed(
        (name, value) -> {
          Section entry = value.section();
          Optional<String> user =
              entry
                  .required("user", "the user in manager.conf")
                  .flatMap(v -> v.matching("[^\\r\\n]{1,128}", "write it on one line"));
          Optional<Secret> password =
              entry.required("password", "${env:NAME}").flatMap(Value::secret);
          entry.close();
          Optional<PbxId> pbx =
              pbxs.stream().filter(id -> Objects.equals(id.name(), name)).findFirst();
          if (pbx.isEmpty() && !pbxs.isEmpty()) {
            value.wrong(
                Problem.quote(name) + " is none of the PBXs", "write a name that stands in pbxs");
          } else if (pbx.isPresent() && user.isPresent() && password.isPresent()) {
            logins.put(pbx.get(), new MirrorSettings.Login(user.get(), password.get()));
          }
        });
    section.close();
    return logins;
  }
}
