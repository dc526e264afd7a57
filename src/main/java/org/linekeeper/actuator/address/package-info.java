/**
 * Holds the floating address on this watcher's own host, by iproute2 and with the kernel as keeper
 * of the time: when nobody renews it, the kernel drops it.
 */
@NullMarked
package org.linekeeper.actuator.address;

import org.jspecify.annotations.NullMarked;
