/** Holds the pages for people to the code they talk of. Talks to no other room. */
@NullMarked
package org.linekeeper.docs;

import org.jspecify.annotations.NullMarked;
