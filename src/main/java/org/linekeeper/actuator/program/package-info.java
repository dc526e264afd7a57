/** Runs the office's own programs, without a shell, and never for longer than they may take. */
@NullMarked
package org.linekeeper.actuator.program;

import org.jspecify.annotations.NullMarked;
