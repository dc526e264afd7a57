package org.linekeeper.asterisk;

import org.asteriskjava.manager.action.ShowDialplanAction;

/**
 * What does one extension do? The library's action asks for the whole dialplan, which on FreePBX is
 * tens of thousands of lines. Public because the library reads it by reflection.
 */
public final class ShowExtensionAction extends ShowDialplanAction {
  private static final long serialVersionUID = 1L;
  private final String context;
  private final String extension;

  /** For that extension, in that context or one that it includes. */
  public ShowExtensionAction(String context, String extension) {
    this.context = context;
    this.extension = extension;
  }

  /** Which context. */
  public String getContext() {
    return context;
  }

  /** Which extension. */
  public String getExtension() {
    return extension;
  }
}
