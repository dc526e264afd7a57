package org.linekeeper.routing;

import org.linekeeper.state.NumberImage;

/**
 * A number as it really is at the carrier.
 *
 * @param sid the carrier's name for it
 * @param image every writable field
 */
public record Found(String sid, NumberImage image) {}
