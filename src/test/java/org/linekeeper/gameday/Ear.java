package org.linekeeper.gameday;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.linekeeper.lab.Await;

/**
 * Runs on the watcher's host, since Linekeeper's page is for that machine only: asks for its status
 * again and again, and prints each answer that is not the last one again, after its time in
 * milliseconds and a tab.
 */
final class Ear {
  private Ear() {}

  /**
   * @param args the address of the status, and the milliseconds from one question to the next
   */
  public static void main(String[] args) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0])).timeout(Duration.ofSeconds(2)).build();
    Duration every = Duration.ofMillis(Long.parseLong(args[1]));
    Inside.endWithOurStarter();
    String last = "";
    while (true) {
      String answer = ask(http, request);
      String lasting = answer.replaceFirst("\"at\":\"[^\"]*\"", "");
      if (!lasting.isEmpty() && !lasting.equals(last)) {
        System.out.println(System.currentTimeMillis() + "\t" + answer);
        last = lasting;
      }
      Await.pause(every);
    }
  }

  private static String ask(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException e) {
      return ""; // not there yet, or no longer
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
