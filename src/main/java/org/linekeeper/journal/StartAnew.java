package org.linekeeper.journal;

/** Nothing is wrong, but the process has to be started anew. */
final class StartAnew extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why in a sentence for people
   */
  StartAnew(String why) {
    super(why);
  }
}
