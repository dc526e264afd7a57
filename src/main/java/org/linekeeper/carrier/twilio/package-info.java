/**
 * Twilio's REST API and webhooks behind the {@link org.linekeeper.carrier.Carrier} port: the only
 * room that imports {@code com.twilio}. Knows the carrier's port, the estate, the state and the
 * shape of a check's result.
 */
@NullMarked
package org.linekeeper.carrier.twilio;

import org.jspecify.annotations.NullMarked;
