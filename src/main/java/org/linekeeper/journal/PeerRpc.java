package org.linekeeper.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupListReply;
import org.apache.ratis.protocol.GroupListRequest;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.AlreadyExistsException;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;

/**
 * Requests to the other watchers, over the port and the keys of the journal. Ratis' own client is
 * not used: it repeats by rules of its own, and under numbers of its own, by which the same append
 * could not be told from a second one.
 */
final class PeerRpc implements AutoCloseable {
  private final ClientId client = ClientId.randomId();

  /** Far from those of appends: a connection tells its answers apart by nothing else. */
  private final AtomicLong calls = new AtomicLong(1L << 40);

  private final RaftClientRpc rpc;

  /** A close ends within some seconds; more than a few at a time would be a defect. */
  private final ExecutorService closing =
      new ThreadPoolExecutor(
          0, 16, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads.named("journal-peers"));

  private PeerRpc(RaftClientRpc rpc) {
    this.rpc = rpc;
  }

  static PeerRpc open(Transport transport) {
    GrpcFactory factory = new GrpcFactory(transport.parameters());
    return new PeerRpc(factory.newRaftClientRpc(ClientId.randomId(), transport.properties()));
  }

  /** The request as it stands, to that watcher; fails if it cannot be reached. */
  CompletableFuture<RaftClientReply> send(RaftPeer to, RaftClientRequest request) {
    rpc.addRaftPeers(List.of(to));
    return rpc.sendRequestAsyncUnordered(request)
        .whenComplete(
            (reply, fault) -> {
              // any refusal closes the connection; the next request makes a new one
              if (fault != null) {
                forget(to, fault);
              }
            });
  }

  /** Elsewhere: to close a connection to a host that is gone takes seconds. */
  private void forget(RaftPeer peer, Throwable fault) {
    try {
      closing.execute(() -> rpc.handleException(peer.getId(), fault, true));
    } catch (RejectedExecutionException fullOrEnding) {
      // it fails again, and is closed then; or all of them are
    }
  }

  /** A question to that watcher itself, whoever leads. */
  CompletableFuture<RaftClientReply> ask(RaftPeer to, RaftGroupId group, byte[] question) {
    return send(
        to, request(to.getId(), group, question, RaftClientRequest.staleReadRequestType(0)));
  }

  /** A question to the leader; others say who that is. */
  CompletableFuture<RaftClientReply> askLeader(RaftPeer to, RaftGroupId group, byte[] question) {
    return send(to, request(to.getId(), group, question, RaftClientRequest.readRequestType()));
  }

  /**
   * Which journal that watcher keeps; empty if none. Blocks.
   *
   * @throws IOException if it does not say
   */
  Optional<RaftGroupId> group(RaftPeer of) throws IOException {
    // asked of the watcher itself, so any group will do
    GroupListRequest request =
        new GroupListRequest(client, of.getId(), RaftGroupId.randomId(), calls.incrementAndGet());
    return blocking(of, request) instanceof GroupListReply reply
        ? reply.getGroupIds().stream().findFirst()
        : Optional.empty();
  }

  /** Makes a watcher ready to be taken in, which may have been done before. Blocks. */
  void invite(RaftPeer newcomer, RaftGroup present) throws IOException {
    try {
      blocking(
          newcomer,
          GroupManagementRequest.newAdd(
              client, newcomer.getId(), calls.incrementAndGet(), present));
    } catch (AlreadyExistsException earlier) {
      // by a leader that has not come to the second half
    }
  }

  private RaftClientReply blocking(RaftPeer to, RaftClientRequest request) throws IOException {
    rpc.addRaftPeers(List.of(to));
    try {
      RaftClientReply reply = rpc.sendRequest(request);
      if (!reply.isSuccess()) {
        throw reply.getException();
      }
      return reply;
    } catch (IOException fault) {
      rpc.handleException(to.getId(), fault, true);
      throw fault;
    } catch (StatusRuntimeException unreachable) {
      rpc.handleException(to.getId(), unreachable, true);
      throw new IOException(to.getAddress() + " does not answer", unreachable);
    }
  }

  private RaftClientRequest request(
      RaftPeerId to, RaftGroupId group, byte[] question, RaftClientRequest.Type type) {
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(to)
        .setGroupId(group)
        .setCallId(calls.incrementAndGet())
        .setMessage(Message.valueOf(ByteString.copyFrom(question)))
        .setType(type)
        .build();
  }

  @Override
  public void close() {
    closing.shutdownNow();
    try {
      rpc.close();
    } catch (IOException e) {
      throw new IllegalStateException("the connections to the other watchers do not close", e);
    }
  }
}
