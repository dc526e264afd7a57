/** What {@code .ci/run} relies on. Talks to no other room. */
@NullMarked
package org.linekeeper.ci;

import org.jspecify.annotations.NullMarked;
