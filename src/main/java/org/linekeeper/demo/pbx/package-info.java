/**
 * The demo's PBXs: simulated Asterisks that speak real AMI over TCP and real SIP over UDP, and can
 * be killed, hung or cut off. Talks to {@code sip} and {@code net} only; the product must not know
 * it.
 */
@NullMarked
package org.linekeeper.demo.pbx;

import org.jspecify.annotations.NullMarked;
