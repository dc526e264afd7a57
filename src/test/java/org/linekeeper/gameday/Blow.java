package org.linekeeper.gameday;

/** Something that is done to the office on purpose. */
@FunctionalInterface
interface Blow {
  void at(House house) throws Exception;
}
