package org.linekeeper.carrier;

import java.time.Instant;

/**
 * A text that reached the control number.
 *
 * @param sid the carrier's name for it; the same text through two doors has the same
 * @param from the sender as the carrier gave it: often, but not always, E.164
 * @param to the number it was sent to, E.164
 * @param body the text
 * @param received when the carrier took it in
 */
public record InboundText(String sid, String from, String to, String body, Instant received) {}
