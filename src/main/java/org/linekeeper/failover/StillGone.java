package org.linekeeper.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.linekeeper.estate.PbxId;
import org.linekeeper.time.Ticker;

/**
 * Whether a PBX still cannot serve, asked by a plan that is taken up again: its site may have its
 * power back by now. A watcher that has just begun knows nothing yet, so the answer waits until it
 * does. Runs on the control thread.
 */
final class StillGone {
  /** A session that is only just being opened may look like silence. */
  private static final Duration LASTING = Duration.ofSeconds(3);

  /** Silence is noticed within 1 s on {@code lan}, and within some seconds on {@code wan}. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Ticker ticker;
  private final List<Question> open = new ArrayList<>();

  private record Question(PbxId pbx, Duration until, CompletableFuture<Boolean> answer) {}

  StillGone(Ticker ticker) {
    this.ticker = ticker;
  }

  /** False if that is not known in time. */
  CompletionStage<Boolean> ask(PbxId pbx) {
    Question question = new Question(pbx, ticker.now().plus(PATIENCE), new CompletableFuture<>());
    open.add(question);
    return question.answer;
  }

  void turn(Picture picture) {
    open.removeIf(question -> answered(picture, question));
  }

  private static boolean answered(Picture picture, Question question) {
    boolean gone =
        picture.cannotServe(question.pbx) && picture.lasting(question.pbx).compareTo(LASTING) >= 0;
    boolean over = picture.clock().compareTo(question.until) >= 0;
    return (gone || over || picture.serves(question.pbx)) && question.answer.complete(gone);
  }
}
