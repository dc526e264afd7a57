package org.linekeeper.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Keeps what is in the journal, mobiles and names included, from everybody else on the machine,
 * whatever directory an installer made for it: the files themselves are readable by their owner
 * only.
 */
final class OwnerOnly {
  static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Opens the file; if it has to be made, nobody else can read it even for a moment. */
  static FileChannel open(Path file, OpenOption... options) throws IOException {
    FileAttribute<?>[] attributes =
        posix(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE)}
            : new FileAttribute<?>[0];
    return FileChannel.open(file, Set.of(options), attributes);
  }

  /** Makes the directory if it is not there; one that is there stays as somebody wanted it. */
  static void make(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      tighten(directory);
    }
  }

  /** Closes what an earlier release, or somebody who restored a backup, left open. */
  static void tighten(Path path) throws IOException {
    if (posix(path)) {
      Files.setPosixFilePermissions(path, Files.isDirectory(path) ? DIRECTORY : FILE);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
