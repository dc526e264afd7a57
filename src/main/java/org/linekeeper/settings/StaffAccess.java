package org.linekeeper.settings;

import java.util.Optional;

/**
 * How a member of staff proves who they are.
 *
 * @param code digits that name them at the feature code on a desk phone
 * @param pin hash of their PIN
 */
public record StaffAccess(Optional<String> code, Optional<PasswordHash> pin) {}
