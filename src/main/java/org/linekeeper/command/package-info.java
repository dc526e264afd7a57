/**
 * What people ask for: text to command, who may ask it, the dialogue by text message, and what it
 * changes. Pure: knows the estate and the state; the caller does all sending, recording and acting.
 */
@NullMarked
package org.linekeeper.command;

import org.jspecify.annotations.NullMarked;
