package org.linekeeper.mirror;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.linekeeper.asterisk.AmiAnswer;
import org.linekeeper.asterisk.AstDb;
import org.linekeeper.asterisk.QueueMember;

/**
 * Who is logged in to queues. Not by the rows that app_queue keeps in AstDB: those it reads at its
 * start only, so a running standby would not notice.
 */
record QueueShelf(Set<String> queues) implements Shelf {
  /** Stands in no name that AMI can carry. */
  private static final String BETWEEN = "\u001f";

  /** Copies the set. */
  QueueShelf {
    queues = Set.copyOf(queues);
  }

  @Override
  public String name() {
    return "queue members";
  }

  @Override
  public Merge merge() {
    return new PlainMerge();
  }

  @Override
  public boolean needsAor() {
    return false;
  }

  @Override
  public CompletionStage<AmiAnswer<Map<String, String>>> read(AstDb pbx, Duration deadline) {
    return pbx.members(deadline).thenApply(answer -> answer.map(this::rows));
  }

  private Map<String, String> rows(List<QueueMember> members) {
    Map<String, String> rows = new HashMap<>();
    for (QueueMember who : members) {
      if (queues.contains(who.queue())) {
        rows.put(who.queue() + BETWEEN + who.dials(), words(who));
      }
    }
    return Map.copyOf(rows);
  }

  private static String words(QueueMember who) {
    return String.join(
        BETWEEN,
        who.name(),
        who.watches(),
        Integer.toString(who.penalty()),
        who.paused() ? "paused" : "",
        // Asterisk forgets the reason when the pause ends, but not everywhere
        who.paused() ? who.reason() : "");
  }

  static QueueMember member(String key, String words) {
    String[] names = key.split(BETWEEN, 2);
    String[] parts = words.split(BETWEEN, -1);
    return new QueueMember(
        names[0],
        names[1],
        parts[0],
        parts[1],
        Integer.parseInt(parts[2]),
        parts[3].equals("paused"),
        parts[4]);
  }

  @Override
  public CompletionStage<AmiAnswer<String>> write(AstDb pbx, Change change, Duration deadline) {
    Optional<QueueMember> before = change.there().map(words -> member(change.key(), words));
    if (change.value().isEmpty()) {
      return pbx.removeMember(member(change.key(), change.there().orElseThrow()), deadline);
    }
    QueueMember wanted = member(change.key(), change.value().get());
    if (before.isEmpty()) {
      return pbx.addMember(wanted, deadline);
    }
    return sameButPause(before.get(), wanted)
        ? pbx.pauseMember(wanted, deadline)
        : pbx.removeMember(wanted, deadline).thenCompose(out -> pbx.addMember(wanted, deadline));
  }

  private static boolean sameButPause(QueueMember one, QueueMember two) {
    return one.name().equals(two.name())
        && one.watches().equals(two.watches())
        && one.penalty() == two.penalty();
  }
}
