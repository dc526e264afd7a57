package org.linekeeper.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which release is this? As the jar's manifest has it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Optional<String> version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
    return new String[] {"linekeeper " + version.orElse("(not from a jar)")};
  }
}
