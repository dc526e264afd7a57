/** Where the jar starts: chooses between the service, the demo and the client commands. */
@NullMarked
package org.linekeeper;

import org.jspecify.annotations.NullMarked;
