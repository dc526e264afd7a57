package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.ShowDialplanAction;
import org.jspecify.annotations.Nullable;

/**
 * What does one extension do? The library's action asks for the whole dialplan, which on FreePBX is
 * tens of thousands of lines. Public because the library reads it by reflection.
 */
public final class ShowExtensionAction extends ShowDialplanAction {
  private static final long serialVersionUID = 1L;
  private final String context;
  private final @Nullable String extension;

  private ShowExtensionAction(String context, @Nullable String extension) {
    this.context = context;
    this.extension = extension;
  }

  /** That extension, in that context or one that it includes. */
  static ShowExtensionAction of(String context, String extension) {
    return new ShowExtensionAction(context, extension);
  }

  /** Everything in that context itself, without what it includes. */
  static ShowExtensionAction all(String context) {
    return new ShowExtensionAction(context, null);
  }

  /** Which context. */
  public String getContext() {
    return context;
  }

  /** Which extension; null for all, and then the library sends none. */
  public @Nullable String getExtension() {
    return extension;
  }
}
