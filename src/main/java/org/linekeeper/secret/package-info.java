/**
 * Passwords, tokens and keys, kept from being printed. Everybody may use it; it talks to nobody.
 */
@NullMarked
package org.linekeeper.secret;

import org.jspecify.annotations.NullMarked;
