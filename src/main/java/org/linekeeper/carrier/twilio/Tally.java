package org.linekeeper.carrier.twilio;

/**
 * How many answers were there, and how many of them said how many requests Twilio counts?
 *
 * @param counted those with the header {@code Twilio-Concurrent-Requests}
 */
record Tally(long answers, long counted) {
  Tally with(Attempt attempt) {
    return attempt.status() == 0
        ? this
        : new Tally(answers + 1, counted + (attempt.counted().isPresent() ? 1 : 0));
  }

  Tally since(Tally earlier) {
    return new Tally(answers - earlier.answers, counted - earlier.counted);
  }
}
