package org.linekeeper.demo.carrier;

import java.util.List;

/** Answers one kind of request. */
interface Handler {
  /**
   * @param ids the SIDs in the path, in their order, without the account's
   */
  Answer handle(Request request, List<String> ids);
}
