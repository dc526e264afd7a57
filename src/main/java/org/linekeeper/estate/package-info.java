/**
 * What the office has: sites, PBXs, trunks, numbers, staff and hours, as values. Pure: talks to
 * nobody.
 */
@NullMarked
package org.linekeeper.estate;

import org.jspecify.annotations.NullMarked;
