/**
 * The demo's own cards on Linekeeper's page: what the outside world does, and switches to break and
 * mend it. Knows web and the demo office; nobody knows it but the demo's start.
 */
@NullMarked
package org.linekeeper.demo.page;

import org.jspecify.annotations.NullMarked;
