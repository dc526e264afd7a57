/** What watching many PBXs with one process costs. */
@org.jspecify.annotations.NullMarked
package org.linekeeper.scale;
