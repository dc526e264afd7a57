/**
 * Who may come in: loopback without login, beyond it by name and password; the carrier by
 * signature. Talks to org.linekeeper.web only.
 */
@NullMarked
package org.linekeeper.web.security;

import org.jspecify.annotations.NullMarked;
