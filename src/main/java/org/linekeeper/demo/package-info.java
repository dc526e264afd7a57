/**
 * Linekeeper without an office: what {@code demo} and {@code demo-carrier} start. Stands outside
 * the product, which knows nothing of it.
 */
@NullMarked
package org.linekeeper.demo;

import org.jspecify.annotations.NullMarked;
