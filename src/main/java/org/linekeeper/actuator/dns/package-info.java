/**
 * Makes names in the DNS follow the service, by signed updates (RFC 2136, RFC 8945): the only
 * importer of dnsjava.
 */
@NullMarked
package org.linekeeper.actuator.dns;

import org.jspecify.annotations.NullMarked;
