package org.linekeeper.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.linekeeper.gameday.FaultReport.Answer;

/** A matrix that cannot fail proves nothing. */
class FaultTableTest {
  private static FaultReport report(
      String verdict, Answer answer, Answer wanted, long outage, long... wrong) {
    return new FaultReport(
        "killed",
        22,
        "b",
        "s",
        verdict,
        answer,
        wanted,
        40,
        "why",
        outage,
        "none of 9 calls failed",
        wrong[0],
        wrong[1],
        wrong[2]);
  }

  @Test
  void asWantedThereIsNothingToComplainOf() {
    FaultReport good = report("primary process-gone", Answer.SWITCH, Answer.SWITCH, 90, 0, 0, 0);
    assertThat(good.complaint()).isEmpty();
    assertThat(FaultTable.of(List.of(good)))
        .contains("| killed | 22 | primary process-gone | switch | switch | 40 ms |")
        .contains("Build b; settings s.", "test-call:")
        .contains("Without a result:", "hung 22", "killed 16")
        .doesNotContain("result: killed 22");
  }

  @Test
  void aSwitchWhereTheTableSaysAskIsBold() {
    FaultReport wrong = report("primary no-audio", Answer.SWITCH, Answer.ASK, 90, 0, 0, 0);
    assertThat(FaultTable.row(wrong)).contains("**switch: wanted ask, saw switch**");
  }

  @Test
  void aFaultWithoutAVerdictIsComplainedOf() {
    assertThat(report("", Answer.NOTHING, Answer.ALERT, 0, 0, 0, 0).complaint())
        .hasValue("wanted alert, saw nothing; no verdict");
    assertThat(report("", Answer.SWITCH, Answer.SWITCH, 90, 0, 0, 0).complaint())
        .hasValue("no verdict");
    assertThat(report("", Answer.NOTHING, Answer.NOTHING, 0, 0, 0, 0).complaint()).isEmpty();
  }

  @Test
  void soAreCallsThatTwoPbxsAnswerAndCallsThatNobodyDoes() {
    String gone = "primary process-gone";
    assertThat(report(gone, Answer.SWITCH, Answer.SWITCH, 90, 3, 0, 0).complaint())
        .hasValue("3 calls were answered by the old PBX after the new one had begun");
    assertThat(report(gone, Answer.SWITCH, Answer.SWITCH, 90, 0, 0, 2).complaint())
        .hasValue("2 calls were answered by the old PBX once it was mended");
    assertThat(report(gone, Answer.SWITCH, Answer.SWITCH, -1, 0, 0, 0).complaint())
        .hasValue("nobody was answered again");
    assertThat(report("primary degraded", Answer.ALERT, Answer.ALERT, 0, 0, 1, 0).complaint())
        .hasValue("1 calls were answered by the standby, which was not to take over");
  }
}
