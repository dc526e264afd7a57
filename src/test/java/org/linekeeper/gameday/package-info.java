/**
 * The game day: an office with carrier, phones, two real Asterisks and a watcher, each a host of
 * its own; something goes wrong on purpose; and what callers, Linekeeper and other tools made of
 * it. Knows the product by its jar and its API only.
 */
@NullMarked
package org.linekeeper.gameday;

import org.jspecify.annotations.NullMarked;
