package org.linekeeper.carrier.twilio;

import com.twilio.base.Page;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Requests that the SDK's typed readers would not send as Twilio's API description wants them. */
final class Rest {
  private Rest() {}

  /** The first page of a list, which is as much as the query's PageSize allows. */
  static <T> List<T> firstPage(
      TwilioRestClient client,
      Domains domain,
      String path,
      Map<String, String> query,
      String key,
      Class<T> type) {
    Request request = new Request(HttpMethod.GET, domain.toString(), path);
    query.forEach(request::addQueryParam);
    String json = send(client, request).getContent();
    return Page.fromJson(key, json, type, client.getObjectMapper()).getRecords();
  }

  /**
   * @throws ApiException if Twilio answers with anything but success
   */
  static Response send(TwilioRestClient client, Request request) {
    Response response = client.request(request);
    if (!TwilioRestClient.SUCCESS.test(response.getStatusCode())) {
      throw new ApiException("status " + response.getStatusCode());
    }
    return response;
  }

  /** A moment as the API wants it: the SDK's own way leaves out the Z. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
