/**
 * A simulated SIP trunk provider that speaks Twilio's REST API over HTTP and places calls by the
 * routing it holds, for the demo and for tests. Stands outside the product: of its packages it uses
 * only the SIP kit.
 */
@NullMarked
package org.linekeeper.demo.carrier;

import org.jspecify.annotations.NullMarked;
