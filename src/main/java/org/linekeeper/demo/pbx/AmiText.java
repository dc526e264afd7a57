package org.linekeeper.demo.pbx;

import java.util.Set;

/** AMI's messages, put together as manager.c does. */
final class AmiText {
  /** AMI_VERSION of Asterisk 22. */
  static final String AMI_VERSION = "11.0.0";

  private AmiText() {}

  static String success(AmiRequest to, String message) {
    return response("Success", to, "Message: " + message + "\r\n");
  }

  static String error(AmiRequest to, String message) {
    return response("Error", to, "Message: " + message + "\r\n");
  }

  /** A response with these lines, each with its line end. */
  static String response(String response, AmiRequest to, String lines) {
    return "Response: " + response + "\r\n" + to.idLine() + lines + "\r\n";
  }

  static String listBegins(AmiRequest to, String message) {
    return response("Success", to, "EventList: start\r\nMessage: " + message + "\r\n");
  }

  static String listEnds(AmiRequest to, String event, int count, String more) {
    String lines = "EventList: Complete\r\nListItems: " + count + "\r\n" + more;
    return "Event: " + event + "\r\n" + to.idLine() + lines + "\r\n";
  }

  /** An event with its privilege and these lines. */
  static String event(String name, AmiClass privilege, String lines) {
    String words = AmiClass.words(Set.of(privilege));
    return "Event: " + name + "\r\nPrivilege: " + words + "\r\n" + lines + "\r\n";
  }
}
