package org.linekeeper.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** News waits for the next turn, in its order, and not without end. */
class InboxTest {
  private final Inbox inbox = new Inbox();
  private final List<String> taken = new ArrayList<>();

  @Test
  void aStallThatWasToldBeforeAnAnswerIsTakenInBeforeIt() {
    inbox.put(() -> taken.add("stood still for 2 s"));
    inbox.report(() -> taken.add("a late answer"));

    inbox.empty();

    assertThat(taken).containsExactly("stood still for 2 s", "a late answer");
  }

  @Test
  void aControlThreadThatIsStuckCostsReportsAndNotAllMemory() {
    for (int n = 0; n < Inbox.MOST_REPORTS + 7; n++) {
      inbox.report(() -> taken.add("healthy"));
    }
    inbox.put(() -> taken.add("stood still"));

    inbox.empty();

    assertThat(inbox.dropped()).isEqualTo(7);
    assertThat(taken).hasSize(Inbox.MOST_REPORTS + 1).endsWith("stood still");
  }
}
