/**
 * Wakes others at the right moment: at each boundary of the office's hours, and again and again for
 * polling. Decides nothing; the only package that imports Quartz.
 */
@NullMarked
package org.linekeeper.schedule;

import org.jspecify.annotations.NullMarked;
