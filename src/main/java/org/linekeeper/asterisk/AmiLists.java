package org.linekeeper.asterisk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.asteriskjava.manager.action.EventGeneratingAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.event.ResponseEvent;
import org.asteriskjava.manager.response.ManagerResponse;
import org.linekeeper.asterisk.AmiAnswer.Kind;

/**
 * Gathers the rows of lists that were asked for in one session. Not by the library's own call for
 * that, which keeps something for ever for each refused one.
 */
final class AmiLists {
  /** Lists that are longer than the biggest PBX's are not waited for. */
  static final int MAX_ROWS = 20_000;

  private final Workers workers;
  private final BiFunction<ManagerAction, Duration, CompletableFuture<AmiAnswer<ManagerResponse>>>
      asking;

  /**
   * Who waits for the rows of which list, by action id. Not a listener each: the library walks
   * through its listeners while it tells them, and whoever has its list may ask for the next.
   */
  private final Map<String, Consumer<ResponseEvent>> waiting = new ConcurrentHashMap<>();

  /**
   * @param asking sends an action, and has its response or says why there is none
   */
  AmiLists(
      Workers workers,
      BiFunction<ManagerAction, Duration, CompletableFuture<AmiAnswer<ManagerResponse>>> asking) {
    this.workers = workers;
    this.asking = asking;
  }

  <A extends ManagerAction & EventGeneratingAction>
      CompletableFuture<AmiAnswer<List<ResponseEvent>>> ask(A action, Duration deadline) {
    CompletableFuture<AmiAnswer<List<ResponseEvent>>> result = new CompletableFuture<>();
    String id = "lk-" + System.identityHashCode(action) + "-" + action.getAction();
    action.setActionId(id);
    List<ResponseEvent> rows = new ArrayList<>();
    waiting.put(
        id,
        row -> {
          if (action.getActionCompleteEventClass().isInstance(row)) {
            result.complete(AmiAnswer.done(List.copyOf(rows), rows.size() + " rows"));
          } else if (rows.size() < MAX_ROWS) {
            rows.add(row);
          }
        });
    Future<?> timer =
        workers.after(
            deadline,
            () ->
                result.complete(
                    AmiAnswer.no(
                        Kind.SILENT, "no end of the list that answers " + action.getAction())));
    asking
        .apply(action, deadline)
        .thenAccept(
            answer -> {
              if (!answer.ok()) {
                result.complete(AmiAnswer.no(answer.kind(), answer.said()));
              }
            });
    result.whenComplete(
        (answer, fault) -> {
          timer.cancel(false);
          waiting.remove(id);
        });
    return result;
  }

  /** An event came; it may be a row that somebody waits for. */
  void row(ManagerEvent event) {
    if (event instanceof ResponseEvent row && row.getActionId() != null) {
      Consumer<ResponseEvent> list = waiting.get(row.getActionId());
      if (list != null) {
        list.accept(row);
      }
    }
  }
}
