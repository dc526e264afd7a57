/**
 * The lab: real Asterisks from Debian in network namespaces on one bridge, broken on purpose and
 * called by real SIP. It knows the shipped dialplans and nothing of the product, so that what it
 * sees is evidence.
 */
@NullMarked
package org.linekeeper.lab;

import org.jspecify.annotations.NullMarked;
