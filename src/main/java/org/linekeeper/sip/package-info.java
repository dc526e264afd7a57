/**
 * A small SIP kit of our own (RFC 3261), since no Java library is well kept: messages, OPTIONS, a
 * caller and a server. Serves {@code probe} and {@code demo}; knows nothing of PBXs or verdicts.
 */
@NullMarked
package org.linekeeper.sip;

import org.jspecify.annotations.NullMarked;
