package org.linekeeper.command;

import java.util.Optional;
import org.linekeeper.estate.Estate;
import org.linekeeper.estate.PhoneNumber;

/** May calls be sent to this number? The office's policy against toll fraud and loops. */
@FunctionalInterface
public interface TargetCheck {
  /** Why not, as one sentence for people; empty if they may. */
  Optional<String> whyNot(Estate estate, PhoneNumber target);
}
