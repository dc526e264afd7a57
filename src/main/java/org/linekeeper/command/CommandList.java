package org.linekeeper.command;

import java.util.List;
import org.linekeeper.estate.Selection;

/** Answers COMMANDS, with examples from this person's own office. */
final class CommandList {
  private CommandList() {}

  static String text(Request request) {
    List<Selection> own = request.authority().own();
    String move = own.isEmpty() ? "" : moving(request, own.get(own.size() - 1));
    String operate =
        request.authority().mayOperate()
            ? " SWITCH, FAILBACK, ACK, CONFIRM, PAUSE FOR 1H, RESUME."
            : "";
    return "You can text: STATUS." + move + operate;
  }

  private static String moving(Request request, Selection example) {
    String what = request.wording().says(List.of(example));
    return " DIVERT moves all your lines to the mobiles listed. DIVERT "
        + what
        + " TO ME FOR 2H, or UNTIL 17:30, or TO a name or mobile. RETURN, or RETURN "
        + what
        + ", brings them back.";
  }
}
