/**
 * One thread that waits for many sockets and deadlines at once, so that two hundred silent PBXs
 * cost no more threads than one. Used by {@code sip} and the demo's PBXs; knows no protocol.
 */
@NullMarked
package org.linekeeper.net;

import org.jspecify.annotations.NullMarked;
