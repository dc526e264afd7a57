package org.linekeeper.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftGroupId;
import org.junit.jupiter.api.Test;
import org.linekeeper.state.State;

class ContinuationTest {
  private final RatisNode node = mock(RatisNode.class);
  private final JournalDirectory directory = mock(JournalDirectory.class);
  private final EntryMachine machine = mock(EntryMachine.class);
  private final Continuation continuation =
      new Continuation(
          new JournalDisk(
              directory, mock(Reserve.class), mock(History.class), mock(BeforeImages.class)),
          machine,
          node,
          InstantSource.system(),
          new CompletableFuture<>());

  @Test
  void ratisClosesItself() {
    when(node.alive()).thenReturn(true, false);
    assertThat(continuation.closedItself()).isFalse();
    assertThat(continuation.closedItself()).isTrue();
  }

  /** It would end the process before it is marked that this watcher goes on alone. */
  @Test
  void whatIsClosedToGoOnAloneDuringALookHasNotClosedItself() {
    when(node.group()).thenReturn(Optional.of(RaftGroupId.randomId()));
    when(machine.state()).thenReturn(State.EMPTY);
    when(directory.marker())
        .thenReturn(new JournalDirectory.Marker(UUID.randomUUID(), "b", true, "b-1", null, null));
    when(node.alive())
        .thenAnswer(
            asked -> {
              continuation.part(Watchers.ENGINEER);
              return false;
            });

    assertThat(continuation.closedItself()).isFalse();
    verify(directory).goOnAlone(any(), any());
  }
}
