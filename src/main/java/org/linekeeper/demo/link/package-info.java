/**
 * What lies between the parties of the demo and can be cut: each connection and each datagram
 * passes one of its relays. Knows net only.
 */
@NullMarked
package org.linekeeper.demo.link;

import org.jspecify.annotations.NullMarked;
