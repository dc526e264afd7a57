/**
 * Tells the people who asked to be told when something happens to the phones. Reads the journal,
 * decides nothing, and never holds anything up.
 */
@NullMarked
package org.linekeeper.notify;

import org.jspecify.annotations.NullMarked;
