/**
 * What has been decided and done: journal entries and the state they add up to. Pure: knows only
 * the estate.
 */
@NullMarked
package org.linekeeper.state;

import org.jspecify.annotations.NullMarked;
