/**
 * The durable, replicated record of what was decided and done, and the state it adds up to. Knows
 * only the state, the estate, elapsed time and the shape of a check's result; the only package that
 * imports Apache Ratis.
 */
@NullMarked
package org.linekeeper.journal;

import org.jspecify.annotations.NullMarked;
