package org.linekeeper.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/**
 * Asks other watchers with the keys of this one, which need not run meanwhile, and may: nothing is
 * listened on, and the journal is not opened. Everything blocks.
 */
public final class PeerQuestions implements AutoCloseable {
  private final PeerRpc rpc;
  private final Map<String, RaftGroupId> journals = new HashMap<>();

  private PeerQuestions(PeerRpc rpc) {
    this.rpc = rpc;
  }

  /**
   * Asks nobody yet.
   *
   * @throws IllegalArgumentException if the keys cannot be used
   */
  public static PeerQuestions open(JournalGroup group) {
    return new PeerQuestions(PeerRpc.open(Transport.of(new RaftProperties(), Optional.of(group))));
  }

  /**
   * The answer of that watcher itself to a question that does not concern the journal; empty if it
   * keeps no journal yet and so answers none.
   *
   * @throws IOException if it does not answer by the deadline
   */
  public Optional<byte[]> ask(JournalGroup.Seat seat, byte[] question, Duration deadline)
      throws IOException {
    RaftPeer peer = Transport.peer(RaftPeerId.valueOf(seat.watcher()), seat);
    if (!journals.containsKey(seat.watcher())) {
      rpc.group(peer).ifPresent(journal -> journals.put(seat.watcher(), journal));
    }
    RaftGroupId journal = journals.get(seat.watcher());
    if (journal == null) {
      return Optional.empty();
    }
    try {
      RaftClientReply reply =
          rpc.ask(peer, journal, Questions.other(question))
              .get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      if (!reply.isSuccess()) {
        throw reply.getException();
      }
      return Optional.of(reply.getMessage().getContent().toByteArray());
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    rpc.close();
  }
}
