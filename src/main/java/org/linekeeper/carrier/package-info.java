/**
 * The carrier as the rest of Linekeeper sees it: numbers, origination URLs, texts and alerts. Knows
 * the estate and the state; each carrier's own API stays in a package below.
 */
@NullMarked
package org.linekeeper.carrier;

import org.jspecify.annotations.NullMarked;
