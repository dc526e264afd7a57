/**
 * The REST API under /api: JSON in, JSON out, errors as RFC 9457 problems. Talks to
 * org.linekeeper.web only.
 */
@NullMarked
package org.linekeeper.web.api;

import org.jspecify.annotations.NullMarked;
