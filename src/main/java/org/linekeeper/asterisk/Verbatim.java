package org.linekeeper.asterisk;

/**
 * Text as a PBX said it. The library takes strings such as {@code none} and {@code unknown} for no
 * value at all, and they are values like others; into a type of ours it puts what it read. Public
 * because the library makes it by reflection.
 *
 * @param text what was read
 */
public record Verbatim(String text) {}
