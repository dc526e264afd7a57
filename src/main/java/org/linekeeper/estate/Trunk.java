package org.linekeeper.estate;

import java.util.Optional;

/**
 * The SIP trunk at the carrier through which the office's numbers reach the PBXs.
 *
 * @param sid the carrier's name for it, such as {@code TK0123…}
 * @param controlNumber the office number that staff text; empty if SMS control is off
 */
public record Trunk(String sid, Optional<PhoneNumber> controlNumber) {}
