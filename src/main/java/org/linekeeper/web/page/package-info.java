/**
 * The page for people: server-rendered, with the parts that change sent anew as they do. Talks to
 * org.linekeeper.web only.
 */
@NullMarked
package org.linekeeper.web.page;

import org.jspecify.annotations.NullMarked;
