package org.linekeeper.web.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Where the page's scripts from others are; their addresses contain their versions.
 *
 * @param htmx fetches parts of the page
 * @param sse hears which parts have changed
 */
record Assets(String htmx, String sse) {
  static final Assets PRESENT =
      new Assets(webjar("htmx.org", "dist/htmx.min.js"), webjar("htmx-ext-sse", "sse.js"));

  private static String webjar(String name, String file) {
    String about = "/META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
    try (InputStream in = Assets.class.getResourceAsStream(about)) {
      if (in == null) {
        throw new IllegalStateException("the jar was built without " + name);
      }
      Properties properties = new Properties();
      properties.load(in);
      return "/webjars/" + name + "/" + properties.getProperty("version") + "/" + file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
