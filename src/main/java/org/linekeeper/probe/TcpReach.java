package org.linekeeper.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.linekeeper.asterisk.Workers;
import org.linekeeper.verdict.Observation.Seen;

/** Does anybody listen there? A fresh TCP connection, closed at once. */
final class TcpReach {
  private final Workers workers;
  private final String host;
  private final int port;
  private final Duration deadline;

  TcpReach(Workers workers, String host, int port, Duration deadline) {
    this.workers = workers;
    this.host = host;
    this.port = port;
    this.deadline = deadline;
  }

  /** Answered, refused or silent; by the deadline. */
  CompletableFuture<Seen> ask() {
    CompletableFuture<Seen> result = new CompletableFuture<>();
    // a name look-up can take longer than any deadline, so the thread's own end is not waited for
    Future<?> timer = workers.after(deadline, () -> result.complete(Seen.SILENT));
    result.whenComplete((seen, fault) -> timer.cancel(false));
    try {
      workers.io().execute(() -> result.complete(connect()));
    } catch (RejectedExecutionException full) {
      result.complete(Seen.SILENT);
    }
    return result;
  }

  private Seen connect() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) deadline.toMillis());
      return Seen.ANSWERED;
    } catch (ConnectException e) {
      boolean refused = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
      return refused ? Seen.REFUSED : Seen.SILENT;
    } catch (IOException e) {
      return Seen.SILENT;
    }
  }
}
