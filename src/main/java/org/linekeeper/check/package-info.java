/**
 * What came of looking before leaping: each thing {@code check} looked at, how it stands and what
 * to do. Knows nobody; the rooms that have something to check know it, and the command line puts
 * their results together.
 */
@NullMarked
package org.linekeeper.check;

import org.jspecify.annotations.NullMarked;
