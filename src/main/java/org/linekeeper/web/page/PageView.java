package org.linekeeper.web.page;

import java.util.List;
import org.linekeeper.web.Headline;

/**
 * Everything that changes on the page, at one moment. Two that are equal look the same.
 *
 * @param office the office's name
 */
record PageView(
    String office,
    Headline headline,
    List<PbxView> pbxs,
    DecisionView decision,
    ActionsView actions,
    List<NumberView> numbers,
    AttentionView attention,
    List<JournalView.Line> journal) {}
