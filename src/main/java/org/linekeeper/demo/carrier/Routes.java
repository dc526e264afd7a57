package org.linekeeper.demo.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which handler answers which method and path. */
final class Routes {
  private record Route(String method, Pattern path, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  /**
   * @param path with {@code {}} in the place of a SID
   */
  Routes on(String method, String path, Handler handler) {
    String regex = Pattern.quote(path).replace("{}", "\\E([^/]+?)\\Q");
    routes.add(new Route(method, Pattern.compile(regex), handler));
    return this;
  }

  Answer dispatch(Request request) {
    boolean pathKnown = false;
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(request.path());
      if (matcher.matches()) {
        pathKnown = true;
        if (route.method().equals(request.method())) {
          return route.handler().handle(request, groups(matcher));
        }
      }
    }
    return pathKnown
        ? TwilioError.of(405, 20004, "Method not allowed").answer()
        : TwilioError.notFound(request.path()).answer();
  }

  private static List<String> groups(Matcher matcher) {
    List<String> groups = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      groups.add(matcher.group(i));
    }
    return groups;
  }
}
