package org.linekeeper.carrier;

import java.time.Instant;

/**
 * A call from outside that was answered.
 *
 * @param sid the carrier's name for it
 * @param at when it began, by the carrier's clock
 */
public record DeliveredCall(String sid, Instant at) {}
