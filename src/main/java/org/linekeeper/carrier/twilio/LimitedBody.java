package org.linekeeper.carrier.twilio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps an answer's body, and ends the connection if it is larger than any that makes sense. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  /** A page of 500 numbers is less than 1 MB. */
  private static final int LARGEST = 8 * 1024 * 1024;

  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    subscription = begun;
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      if (kept.size() + piece.remaining() > LARGEST) {
        if (subscription != null) {
          subscription.cancel();
        }
        whole.completeExceptionally(new IOException("an answer of more than 8 MB"));
        return;
      }
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      kept.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable fault) {
    whole.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    whole.complete(kept.toByteArray());
  }
}
