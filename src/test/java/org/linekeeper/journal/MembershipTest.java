package org.linekeeper.journal;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linekeeper.time.Ticker;
import org.mockito.InOrder;

/** A watcher that is told to end: somebody else leads before it is missed. */
class MembershipTest {
  private static final RaftPeerId B = RaftPeerId.valueOf("b");
  private static final RaftPeerId C = RaftPeerId.valueOf("c");

  private final RatisNode node = mock(RatisNode.class);
  private final Membership members =
      new Membership(
          Watchers.group(
              "a", Watchers.NAMES.stream().map(n -> Watchers.seat(n, 7070)).toList(), Path.of("x")),
          node,
          mock(PeerRpc.class),
          Ticker.system(),
          () -> false,
          peer -> false,
          () -> false);

  @BeforeEach
  void itLeads() {
    when(node.ready()).thenReturn(true);
    when(node.members())
        .thenReturn(
            Watchers.NAMES.stream().map(n -> RaftPeer.newBuilder().setId(n).build()).toList());
    when(node.silentFor(any())).thenReturn(List.of());
  }

  @AfterEach
  void close() {
    members.close();
  }

  @Test
  void theOneThatLeadsBestDoes() throws IOException {
    members.leave();
    verify(node).handOver(anyLong(), eq(B));
    verify(node, never()).handOver(anyLong(), eq(C));
  }

  @Test
  void orTheOtherOneIfItDoesNotTakeIt() throws IOException {
    doThrow(new IOException("no")).when(node).handOver(anyLong(), eq(B));
    members.leave();
    verify(node).handOver(anyLong(), eq(C));
  }

  @Test
  void oneThatIsUnfitIsTheLastResort() throws IOException {
    members.unfit(Set.of("b"));
    doThrow(new IOException("no")).when(node).handOver(anyLong(), eq(C));
    members.leave();
    InOrder order = inOrder(node);
    order.verify(node).handOver(anyLong(), eq(C));
    order.verify(node).handOver(anyLong(), eq(B));
  }

  @Test
  void notOneThatIsSilent() throws IOException {
    when(node.silentFor(any())).thenReturn(List.of(B));
    members.leave();
    verify(node, never()).handOver(anyLong(), eq(B));
    verify(node).handOver(anyLong(), eq(C));
  }

  @Test
  void whoDoesNotLeadHasNothingToGive() throws IOException {
    when(node.ready()).thenReturn(false);
    members.leave();
    verify(node, never()).handOver(anyLong(), any());
  }
}
