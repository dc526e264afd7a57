/** Runs the office's own programs as they stand in the settings, and never for too long. */
@NullMarked
package org.linekeeper.actuator.program;

import org.jspecify.annotations.NullMarked;
