package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.asteriskjava.manager.action.DbDelAction;
import org.asteriskjava.manager.action.DbPutAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.QueueAddAction;
import org.asteriskjava.manager.action.QueuePauseAction;
import org.asteriskjava.manager.action.QueueRemoveAction;
import org.asteriskjava.manager.action.QueueStatusAction;
import org.asteriskjava.manager.event.ContactStatusEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.QueueMemberEvent;
import org.asteriskjava.manager.event.ResponseEvent;
import org.jspecify.annotations.Nullable;
import org.linekeeper.asterisk.AmiAnswer.Kind;
import org.linekeeper.estate.PbxId;
import org.linekeeper.verdict.Profile;

/**
 * What one PBX keeps in AstDB, and who is logged in to its queues: read, written and watched. A
 * session of its own, with a user of its own: DBPut takes {@code write = system}, which together
 * with {@code originate} would let its holder run programs, and answers to probes must not queue
 * behind thousands of rows.
 */
public final class AstDb implements AutoCloseable {
  /**
   * Asterisk throws a longer line away, with 1,024 bytes in its buffer (manager.h, AMI's inbuf;
   * measured on 16 and 22: {@code Val: } and 1,015 characters pass).
   */
  static final int LONGEST_VALUE = 1_015;

  private static final Duration ALIVE = Duration.ofSeconds(5);

  private static final Set<String> QUEUE_NEWS =
      Set.of(
          "QueueMemberAddedEvent",
          "QueueMemberRemovedEvent",
          "QueueMemberPauseEvent",
          "QueueMemberPausedEvent",
          "QueueMemberPenaltyEvent");

  private final AmiAccess access;
  private final Profile profile;
  private final Workers workers;
  private final AmiSession session;
  private volatile @Nullable Future<?> keeping;

  /** Told on threads that must not wait. */
  public interface Listener {
    /** A phone registered, moved or left, or somebody logged in to a queue or out. */
    void changed(PbxId pbx);

    /** It can be asked, perhaps after a restart. */
    void up(PbxId pbx);
  }

  /** Connects nothing yet. */
  public AstDb(AmiAccess access, Profile profile, Workers workers, Listener listener) {
    this.access = access;
    this.profile = profile;
    this.workers = workers;
    session =
        new AmiSession(
            access,
            workers,
            profile,
            "system,agent",
            List.of(
                DbGetTreeResponseEvent.class,
                DbGetTreeCompleteEvent.class,
                AorListEvent.class,
                AorListCompleteEvent.class),
            new News(listener));
  }

  /** Logs in, and again whenever that is needed. */
  public void start() {
    session.start();
    keeping =
        workers.every(
            ALIVE,
            () -> {
              if (session.isUp()) {
                session.ask(new PingAction(), profile.deadline());
              }
            });
  }

  /** Which PBX. */
  public PbxId pbx() {
    return access.pbx();
  }

  /** Whether it can be asked something now. */
  public boolean isUp() {
    return session.isUp();
  }

  /** Whether AMI can carry that: a line has a greatest length, and lines must not be forged. */
  public static boolean carries(String text) {
    return text.length() <= LONGEST_VALUE
        && text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= LONGEST_VALUE
        && text.chars().noneMatch(c -> c < ' ' && c != '\t');
  }

  /**
   * Which rows has that family? By key, without the family's name. Not by DBGet, which on 16 gives
   * the first 255 bytes.
   */
  public CompletionStage<AmiAnswer<Map<String, String>>> rows(String family, Duration deadline) {
    return session
        .list(new DbGetTreeAction(family), deadline)
        .thenApply(answer -> answer.then(rows -> byKey(family, rows)));
  }

  private static AmiAnswer<Map<String, String>> byKey(String family, List<ResponseEvent> rows) {
    if (rows.size() >= AmiLists.MAX_ROWS) {
      return AmiAnswer.no(Kind.REFUSED, family + " has more rows than are read");
    }
    String before = "/" + family + "/";
    Map<String, String> found = new HashMap<>();
    for (ResponseEvent row : rows) {
      if (row instanceof DbGetTreeResponseEvent line && line.getKey().startsWith(before)) {
        found.put(line.getKey().substring(before.length()), line.getVal());
      }
    }
    return AmiAnswer.done(Map.copyOf(found), found.size() + " rows");
  }

  /** Writes a row. What {@link #carries} not is refused here: Asterisk would drop the line. */
  public CompletionStage<AmiAnswer<String>> put(
      String family, String key, String value, Duration deadline) {
    if (!carries(value) || !carries(key)) {
      return CompletableFuture.completedFuture(
          AmiAnswer.no(Kind.REFUSED, family + "/" + key + " is too long for AMI"));
    }
    return told(new DbPutAction(family, key, value), family + "/" + key + " written", deadline);
  }

  /** Removes a row. */
  public CompletionStage<AmiAnswer<String>> delete(String family, String key, Duration deadline) {
    return told(new DbDelAction(family, key), family + "/" + key + " removed", deadline);
  }

  /** Which AORs has it? */
  public CompletionStage<AmiAnswer<List<Aor>>> aors(Duration deadline) {
    return session
        .list(new PjsipShowAorsAction(), deadline)
        .thenApply(
            answer ->
                answer.map(
                    rows ->
                        rows.stream()
                            .filter(AorListEvent.class::isInstance)
                            .map(AorListEvent.class::cast)
                            .map(AstDb::aor)
                            .toList()));
  }

  private static Aor aor(AorListEvent row) {
    String most = row.getMaxContacts().replaceAll("[^0-9]", "");
    return new Aor(
        row.getObjectName(),
        most.isEmpty() || most.length() > 6 ? 0 : Integer.parseInt(most),
        row.getRemoveExisting().equals("true"));
  }

  /** Who has logged in to its queues by dialling? Needs no right of its own. */
  public CompletionStage<AmiAnswer<List<QueueMember>>> members(Duration deadline) {
    return session
        .list(new QueueStatusAction(), deadline)
        .thenApply(
            answer ->
                answer.map(
                    rows ->
                        rows.stream()
                            .filter(QueueMemberEvent.class::isInstance)
                            .map(QueueMemberEvent.class::cast)
                            .filter(row -> "dynamic".equals(row.getMembership()))
                            .map(AstDb::member)
                            .toList()));
  }

  private static QueueMember member(QueueMemberEvent row) {
    return new QueueMember(
        text(row.getQueue()),
        text(row.getInterface()),
        text(row.getName()),
        text(row.getStateinterface()),
        row.getPenalty() == null ? 0 : row.getPenalty(),
        Boolean.TRUE.equals(row.getPaused()),
        text(row.getPausedreason()));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Logs somebody in to a queue, paused or not; needs {@code write = agent}. */
  public CompletionStage<AmiAnswer<String>> addMember(QueueMember who, Duration deadline) {
    QueueAddAction action = new QueueAddAction(who.queue(), who.dials(), who.penalty());
    action.setMemberName(who.name());
    action.setStateInterface(who.watches());
    action.setPaused(who.paused());
    String said = who.dials() + " logged in to " + who.queue();
    return who.paused()
        ? told(action, said, deadline)
            .thenCompose(added -> added.ok() ? pauseMember(who, deadline) : done(added))
        : told(action, said, deadline);
  }

  /** Lets somebody take calls, or not. */
  public CompletionStage<AmiAnswer<String>> pauseMember(QueueMember who, Duration deadline) {
    QueuePauseAction action = new QueuePauseAction(who.dials(), who.queue(), who.paused());
    action.setReason(who.reason());
    return told(action, who.dials() + " paused or not in " + who.queue(), deadline);
  }

  /** Logs somebody out of a queue. */
  public CompletionStage<AmiAnswer<String>> removeMember(QueueMember who, Duration deadline) {
    return told(
        new QueueRemoveAction(who.queue(), who.dials()),
        who.dials() + " logged out of " + who.queue(),
        deadline);
  }

  private CompletionStage<AmiAnswer<String>> told(
      ManagerAction action, String said, Duration deadline) {
    return session.ask(action, deadline).thenApply(answer -> answer.map(ok -> said));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /** Ends the session, and does not come back. */
  @Override
  public void close() {
    Future<?> pinging = keeping;
    if (pinging != null) {
      pinging.cancel(false);
    }
    session.close();
  }

  private final class News implements AmiSession.Listener {
    private final Listener listener;

    private News(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void news(SessionNews news) {
      if (news.kind() == SessionNews.Kind.UP) {
        listener.up(pbx());
      }
    }

    @Override
    public void event(ManagerEvent event) {
      if (event instanceof ContactStatusEvent
          || QUEUE_NEWS.contains(event.getClass().getSimpleName())) {
        listener.changed(pbx());
      }
    }
  }
}
