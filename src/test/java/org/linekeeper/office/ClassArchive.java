package org.linekeeper.office;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Makes the many processes of these tests start in half the time: the JDK keeps the classes of one
 * run in an archive for the next (class data sharing, JEP 350), but only those that come from jars.
 */
final class ClassArchive {
  private static final ClassArchive MADE = new ClassArchive();

  private final Path file;
  private final String classPath;

  private ClassArchive() {
    try {
      Path directory = Files.createTempDirectory("linekeeper-classes-");
      directory.toFile().deleteOnExit();
      List<String> places = new ArrayList<>();
      for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
        places.add(
            Files.isDirectory(Path.of(place))
                ? jar(Path.of(place), directory.resolve(places.size() + ".jar")).toString()
                : place);
      }
      classPath = String.join(File.pathSeparator, places);
      file = directory.resolve("classes.jsa");
      file.toFile().deleteOnExit();
      fill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to start a process with. */
  static List<String> options() {
    return List.of("-XX:SharedArchiveFile=" + MADE.file, "-Xlog:disable", "-cp", MADE.classPath);
  }

  /** One ordinary morning of an office, with everything that is loaded for it. */
  private void fill() throws IOException {
    Path directory = Files.createTempDirectory("linekeeper-morning-");
    try (Office office = new Office(directory).withLines(1)) {
      new OfficeFiles(office).write();
      List<String> options =
          List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable", "-cp", classPath);
      try (Child linekeeper = new Child(directory, options)) {
        linekeeper.start().healthy();
        linekeeper.say("DIVERT ALL");
        linekeeper.end();
      }
    }
    try (Stream<Path> left = Files.walk(directory)) {
      left.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    jar.toFile().deleteOnExit();
    return jar;
  }
}
