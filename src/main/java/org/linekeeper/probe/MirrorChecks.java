package org.linekeeper.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.linekeeper.asterisk.AmiAccess;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.Aor;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.check.CheckResult;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Profile;

/** Can what phones told one PBX be kept on the other one too? Changes nothing. */
public final class MirrorChecks {
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int NAMED = 5;

  private final Workers workers;
  private final Profile profile;

  /** Looks with these means. */
  public MirrorChecks(Workers workers, Profile profile) {
    this.workers = workers;
    this.profile = profile;
  }

  /** Looks at these PBXs; waits for each, a few seconds at most. */
  public List<CheckResult> look(List<AmiAccess> pbxs) {
    List<CheckResult> results = new ArrayList<>();
    Map<PbxId, List<Aor>> aors = new LinkedHashMap<>();
    for (AmiAccess pbx : pbxs) {
      AmiAnswer<List<Aor>> answer = aors(pbx);
      String what = "AstDB user at " + pbx.pbx();
      results.add(
          answer.ok()
              ? CheckResult.ok(what, "It may read where phones are registered.")
              : CheckResult.failure(
                  what,
                  "Nothing can be mirrored: " + answer.said() + ".",
                  "Install dialplans' manager-linekeeper-astdb.conf there with the secret that"
                      + " mirror: names, and run manager reload."));
      answer.value().ifPresent(found -> aors.put(pbx.pbx(), found));
    }
    aors.forEach((pbx, found) -> results.addAll(of(pbx, found, aors)));
    return results;
  }

  private AmiAnswer<List<Aor>> aors(AmiAccess access) {
    BlockingQueue<PbxId> up = new LinkedBlockingQueue<>();
    AstDb.Listener listener =
        new AstDb.Listener() {
          @Override
          public void changed(PbxId pbx) {
            // nothing is followed here
          }

          @Override
          public void up(PbxId pbx) {
            up.add(pbx);
          }
        };
    try (AstDb database = new AstDb(access, profile, workers, listener)) {
      database.start();
      up.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return database
          .aors(LIMIT)
          .toCompletableFuture()
          .orTimeout(LIMIT.toMillis() * 2, TimeUnit.MILLISECONDS)
          .join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return AmiAnswer.refused("interrupted");
    }
  }

  private static List<CheckResult> of(PbxId pbx, List<Aor> found, Map<PbxId, List<Aor>> all) {
    List<CheckResult> results = new ArrayList<>();
    String what = "phones at " + pbx;
    Set<String> here = found.stream().map(Aor::name).collect(Collectors.toSet());
    List<String> missing =
        all.values().stream()
            .flatMap(List::stream)
            .filter(aor -> aor.maxContacts() > 0)
            .map(Aor::name)
            .distinct()
            .filter(name -> !here.contains(name))
            .sorted()
            .toList();
    if (!missing.isEmpty()) {
      results.add(
          CheckResult.warning(
              what,
              "The other PBX has phones that this one does not know, so they cannot ring through"
                  + " it: "
                  + few(missing)
                  + ".",
              "Give both the same endpoints and AORs."));
    }
    List<String> refusing =
        found.stream().filter(Aor::refusesWhoComesOver).map(Aor::name).sorted().toList();
    if (!refusing.isEmpty()) {
      results.add(
          CheckResult.warning(
              what,
              "A phone that comes over from the other PBX with another address is refused until"
                  + " its copied registration expires: "
                  + few(refusing)
                  + ".",
              "Set remove_existing = yes where max_contacts = 1."));
    }
    return results.isEmpty()
        ? List.of(CheckResult.ok(what, "It knows the phones of both."))
        : results;
  }

  private static String few(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "");
  }
}
