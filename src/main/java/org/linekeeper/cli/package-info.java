/**
 * The command line: client commands that ask the running service over its REST API, and the names
 * of the programs that the jar can also be. Starts no Spring; knows nobody but password hashing.
 */
@NullMarked
package org.linekeeper.cli;

import org.jspecify.annotations.NullMarked;
