package org.linekeeper.carrier;

import org.linekeeper.estate.PhoneNumber;
import org.linekeeper.state.NumberImage;

/**
 * A number as the carrier has it.
 *
 * @param number what the world dials
 * @param sid the carrier's name for it, such as {@code PN0123…}
 * @param image every writable field
 * @param sms whether it can receive and send texts
 * @param emergencyAddress SID of its registered emergency address; empty text if it has none
 */
public record CarrierNumber(
    PhoneNumber number, String sid, NumberImage image, boolean sms, String emergencyAddress) {}
