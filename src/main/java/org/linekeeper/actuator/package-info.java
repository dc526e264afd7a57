/**
 * Carries plans out: each step is checked, done, read back and reported as an outcome. Knows the
 * state, emergency numbers, and the ports to PBXs and carrier.
 */
@NullMarked
package org.linekeeper.actuator;

import org.jspecify.annotations.NullMarked;
