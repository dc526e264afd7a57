/**
 * Talks to the PBXs over AMI: the only importer of org.asteriskjava. Nothing here can keep a thread
 * waiting for a PBX. Knows the estate, epochs and profiles; the probes and the actuators use it.
 */
@NullMarked
package org.linekeeper.asterisk;

import org.jspecify.annotations.NullMarked;
