package org.linekeeper.web.page;

import java.util.List;

/**
 * One of the things Linekeeper may do by itself.
 *
 * @param word as commands have it
 * @param label on the button
 * @param meaning for whoever hesitates
 */
record ModeChoice(String word, String label, String meaning) {
  static final List<ModeChoice> ALL =
      List.of(
          new ModeChoice("automatic", "by itself", "Linekeeper decides and acts"),
          new ModeChoice("manual", "if confirmed", "Linekeeper decides and asks a person"),
          new ModeChoice("observe", "never", "Linekeeper only says what it would do"));
}
