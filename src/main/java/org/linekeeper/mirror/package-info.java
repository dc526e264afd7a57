/**
 * Keeps what phones told the PBX that serves on the other one too: registrations, forwarding, queue
 * members. Knows only the PBXs and which of them serves; stops the moment that changes.
 */
@NullMarked
package org.linekeeper.mirror;

import org.jspecify.annotations.NullMarked;
