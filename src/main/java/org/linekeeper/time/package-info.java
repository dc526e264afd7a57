/**
 * Elapsed time: how long something took, on this machine only. Everybody may use it; it talks to
 * nobody.
 */
@NullMarked
package org.linekeeper.time;

import org.jspecify.annotations.NullMarked;
