package org.linekeeper.carrier;

import java.time.Instant;

/**
 * Something the carrier noticed by itself.
 *
 * @param sid the carrier's name for it
 * @param code its error code; Twilio's 32011 is a failed attempt to reach a PBX
 * @param at when it happened
 * @param text what the carrier says about it, as far as it is safe to show
 * @param about all the carrier's words in which it may name a SIP URI or a trunk; for reading, not
 *     for showing: callers' numbers may be among them
 */
public record CarrierAlert(String sid, int code, Instant at, String text, String about) {}
