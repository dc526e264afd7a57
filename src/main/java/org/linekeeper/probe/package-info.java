/**
 * Asks the PBXs how they are, by AMI and SIP side by side, and reports observations. Talks to
 * asterisk and sip; knows what the verdict room wants to hear, and nothing of what it makes of it.
 */
@NullMarked
package org.linekeeper.probe;

import org.jspecify.annotations.NullMarked;
