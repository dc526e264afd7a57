/**
 * Who should answer each number now: from all wishes in force to the wanted route, and from there
 * to the steps that make the carrier agree. Pure: knows the estate and the state.
 */
@NullMarked
package org.linekeeper.routing;

import org.jspecify.annotations.NullMarked;
