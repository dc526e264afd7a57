package org.linekeeper.demo.carrier;

/** Ways in which a request to a carrier goes wrong. */
public enum Fault {
  /** 500 with Twilio's error JSON; nothing was changed. */
  ERROR_500,
  /** 500 although the change was made. */
  ERROR_500_APPLIED,
  /** 500 after the first half of the parameters took effect. */
  HALF_APPLIED,
  /** 503 with Retry-After. */
  UNAVAILABLE,
  /** 502 and an HTML page, as a proxy in between would answer. */
  HTML_PAGE,
  /** 200 with a JSON text that breaks off in the middle; the change was made. */
  TRUNCATED_JSON,
  /** 429 whatever the load; nothing was changed. */
  TOO_MANY,
  /** No answer, and no effect. */
  TIMEOUT,
  /** No answer, though the change was made at once. */
  TIMEOUT_APPLIED,
  /** No answer, and the change is made only after the client has given up. */
  TIMEOUT_LATE,
  /** The connection is cut before anything was done. */
  CUT,
  /** The connection is cut after the change was made. */
  CUT_APPLIED
}
