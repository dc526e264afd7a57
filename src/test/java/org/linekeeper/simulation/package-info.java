/**
 * Three watchers, two PBXs and a carrier in virtual time, from one seed: the real decision, state
 * and tenure code on a pretended network, on disks that lose what was not synced, with clocks that
 * do not run alike.
 */
@NullMarked
package org.linekeeper.simulation;

import org.jspecify.annotations.NullMarked;
