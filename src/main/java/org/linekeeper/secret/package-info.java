/**
 * Values that must not be seen: held so that printing them by accident shows nothing. Everybody may
 * use it; it talks to nobody.
 */
@NullMarked
package org.linekeeper.secret;

import org.jspecify.annotations.NullMarked;
