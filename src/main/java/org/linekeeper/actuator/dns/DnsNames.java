package org.linekeeper.actuator.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.spec.SecretKeySpec;
import org.linekeeper.actuator.Names;
import org.linekeeper.state.NameRecords;
import org.linekeeper.state.Outcome;
import org.linekeeper.state.Step;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;
import org.xbill.DNS.utils.base64;

/**
 * Names on one server, changed by signed updates. A change is made only if the name says what the
 * step found (RFC 2136, 2.4.2), and believed only once the server itself says so.
 */
public final class DnsNames implements Names {
  private final DnsAccess access;
  private final SimpleResolver server;

  /**
   * @param clock what goes into the signatures; the server refuses one that is 5 min off
   */
  public DnsNames(DnsAccess access, Clock clock) {
    this.access = access;
    server = new SimpleResolver(new InetSocketAddress(access.server(), access.port()));
    // An update that is lost on the way is of unknown end, so the kernel is to send it again.
    server.setTCP(true);
    server.setTimeout(access.timeout());
    server.setEDNS(-1);
    server.setTSIGKey(key(access, clock));
  }

  private static TSIG key(DnsAccess access, Clock clock) {
    byte[] secret = base64.fromString(access.secret().reveal());
    if (secret == null) {
      throw new IllegalArgumentException(
          "the secret of key " + access.keyName() + " is no base 64");
    }
    Name algorithm = name(access.algorithm());
    String mac = access.algorithm().toUpperCase(Locale.ROOT).replace("-", "");
    return new TSIG(algorithm, name(access.keyName()), new SecretKeySpec(secret, mac), clock);
  }

  /** What came of asking: the records, or why there are none. */
  private record Read(Set<Record> records, Optional<Outcome> trouble) {
    static Read failed(Outcome why) {
      return new Read(Set.of(), Optional.of(why));
    }
  }

  @Override
  public CompletionStage<Outcome> point(Step.PointName step) {
    return ask(step)
        .thenCompose(
            found ->
                found.trouble.isPresent()
                    ? ended(found.trouble.get())
                    : change(step, found.records));
  }

  private CompletionStage<Outcome> change(Step.PointName step, Set<Record> found) {
    Set<Record> want = records(step, step.want());
    boolean sameTtl = found.stream().allMatch(record -> record.getTTL() == step.want().ttl());
    if (found.equals(want) && sameTtl) {
      return ended(Outcome.already(label(step) + " says " + step.want() + " already"));
    }
    if (!found.equals(want) && !found.equals(records(step, step.before()))) {
      return ended(
          Outcome.rejected(
              label(step)
                  + " says "
                  + shown(found)
                  + ", which Linekeeper did not write: somebody else has changed it, and it is left"
                  + " alone; put it right on the name server"));
    }
    return send(update(step, found, want))
        .thenCompose(
            answer ->
                answer.trouble.isPresent() && answer.trouble.get().kind() == Outcome.Kind.REJECTED
                    ? ended(answer.trouble.get())
                    : readBack(step, want, answer.trouble));
  }

  private static Update update(Step.PointName step, Set<Record> found, Set<Record> want) {
    Name name = name(step.name());
    int type = Type.value(step.type().name());
    Update update = new Update(name(step.zone()));
    if (found.isEmpty()) {
      update.absent(name, type);
    }
    found.forEach(record -> update.present(timeless(record)));
    update.delete(name, type);
    want.forEach(update::add);
    return update;
  }

  /** What is compared has no TTL (RFC 2136, 2.4.2). */
  private static Record timeless(Record record) {
    return Record.newRecord(
        record.getName(), record.getType(), DClass.IN, 0, record.rdataToWireCanonical());
  }

  private CompletionStage<Outcome> readBack(
      Step.PointName step, Set<Record> want, Optional<Outcome> trouble) {
    return ask(step)
        .thenApply(
            now ->
                now.trouble
                    .or(() -> now.records.equals(want) ? Optional.empty() : unchanged(step, now))
                    .map(why -> trouble.orElse(why))
                    .orElseGet(
                        () -> Outcome.applied(label(step) + " says " + step.want() + " now")));
  }

  private static Optional<Outcome> unchanged(Step.PointName step, Read now) {
    return Optional.of(
        Outcome.unknown(label(step) + " still says " + shown(now.records) + " after the update"));
  }

  @Override
  public CompletionStage<Optional<NameRecords>> read(Step.PointName step) {
    return ask(step)
        .thenApply(
            now ->
                now.trouble.isPresent()
                    ? Optional.empty()
                    : Optional.of(as(now.records, records(step, step.want()), step.want())));
  }

  /** In the settings' own words if it is the same, so that texts can be compared. */
  private static NameRecords as(Set<Record> found, Set<Record> want, NameRecords words) {
    long ttl = found.stream().mapToLong(Record::getTTL).min().orElse(words.ttl());
    return found.equals(want)
        ? new NameRecords(ttl, words.values())
        : new NameRecords(ttl, found.stream().map(Record::rdataToString).toList());
  }

  private CompletionStage<Read> ask(Step.PointName step) {
    int type = Type.value(step.type().name());
    Message question = Message.newQuery(Record.newRecord(name(step.name()), type, DClass.IN));
    question.getHeader().unsetFlag(Flags.RD);
    return server
        .sendAsync(question)
        .thenApply(answer -> read(step, type, answer))
        .exceptionally(fault -> Read.failed(silent(fault)))
        .toCompletableFuture();
  }

  private Read read(Step.PointName step, int type, Message answer) {
    int code = answer.getRcode();
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      return Read.failed(refused(step, answer));
    }
    if (!answer.isVerified()) {
      return Read.failed(unsigned());
    }
    if (!answer.getHeader().getFlag(Flags.AA)) {
      return Read.failed(
          Outcome.rejected(
              where()
                  + " does not answer for "
                  + step.zone()
                  + " itself; name the zone's primary server as server"));
    }
    Set<Record> records = new HashSet<>();
    answer.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == type)
        .forEach(records::add);
    return new Read(records, Optional.empty());
  }

  private CompletionStage<Read> send(Update update) {
    return server
        .sendAsync(update)
        .thenApply(
            answer -> {
              int code = answer.getRcode();
              if (code == Rcode.NXRRSET || code == Rcode.YXRRSET) {
                return Read.failed(
                    Outcome.rejected(
                        "somebody else changed it in the same moment; it is left alone"));
              }
              if (code != Rcode.NOERROR) {
                return Read.failed(
                    Outcome.rejected(
                        Refusal.words(answer, where(), access.keyName(), zone(update))));
              }
              return answer.isVerified()
                  ? new Read(Set.of(), Optional.empty())
                  : Read.failed(Outcome.unknown(unsigned().said()));
            })
        .exceptionally(fault -> Read.failed(silent(fault)))
        .toCompletableFuture();
  }

  private static String zone(Update update) {
    return update.getQuestion().getName().toString(true);
  }

  private Outcome refused(Step.PointName step, Message answer) {
    return Outcome.rejected(Refusal.words(answer, where(), access.keyName(), step.zone()));
  }

  private Outcome unsigned() {
    return Outcome.rejected(
        where()
            + " does not sign its answers with key "
            + access.keyName()
            + ", so they are not believed; is this the right server, and does it have the key?");
  }

  private Outcome silent(Throwable fault) {
    Throwable cause = fault.getCause() == null ? fault : fault.getCause();
    return Outcome.unknown(
        where()
            + " does not answer within "
            + access.timeout().toMillis() / 1000.0
            + " s ("
            + cause.getClass().getSimpleName()
            + "); is it up, and may this machine reach its TCP port?");
  }

  private String where() {
    return "name server " + access.server() + ":" + access.port();
  }

  private static String label(Step.PointName step) {
    return step.name() + " " + step.type();
  }

  private static String shown(Set<Record> records) {
    return new NameRecords(0, records.stream().map(Record::rdataToString).toList()).toString();
  }

  private static CompletionStage<Outcome> ended(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  private static Set<Record> records(Step.PointName step, NameRecords of) {
    Set<Record> records = new HashSet<>();
    for (String value : of.values()) {
      records.add(record(step.name(), step.type().name(), of.ttl(), value));
    }
    return records;
  }

  private static Record record(String name, String type, long ttl, String value) {
    try {
      return Record.fromString(name(name), Type.value(type), DClass.IN, ttl, value, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(value + " is no value of a record " + type, e);
    }
  }

  /** Why a record cannot say that; empty if it can. */
  public static Optional<String> whyNot(String type, String value) {
    try {
      record("name.example", type, 0, value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getCause())
          .map(Throwable::getMessage)
          .or(() -> Optional.of(e.toString()));
    }
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text + " is no name", e);
    }
  }

  /** For {@code check}: whether the server answers, and takes our signature. */
  public CompletionStage<Optional<String>> trouble(Step.PointName step) {
    return ask(step).thenApply(read -> read.trouble.map(Outcome::said));
  }
}
