/**
 * The whole service in an office whose PBXs and carrier are simulated: what happens when it is
 * killed, fed rubbish, edited under its feet, or asked to keep a secret.
 */
package org.linekeeper.office;
