/**
 * An office to try Linekeeper in: two simulated PBXs, a simulated carrier and staff with mobiles,
 * around a real Linekeeper that reads real files. Puts together; whoever shows it comes from web.
 */
@NullMarked
package org.linekeeper.demo.office;

import org.jspecify.annotations.NullMarked;
