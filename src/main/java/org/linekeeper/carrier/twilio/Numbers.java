package org.linekeeper.carrier.twilio;

import com.twilio.constant.EnumConstants.ContentType;
import com.twilio.exception.ApiException;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.Domains;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.linekeeper.carrier.CarrierNumber;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The resource IncomingPhoneNumber, through the SDK's client but by field name. */
final class Numbers {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE_SIZE = 500;

  /** 10,000 numbers; more than one office has. */
  private static final int MOST_PAGES = 20;

  private Numbers() {}

  static List<CarrierNumber> all(TwilioRestClient client) {
    List<CarrierNumber> numbers = new ArrayList<>();
    Request next = new Request(HttpMethod.GET, Domains.API.toString(), path(client, ""));
    next.addQueryParam("PageSize", Integer.toString(PAGE_SIZE));
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode json = send(client, next);
      json.path("incoming_phone_numbers")
          .forEach(number -> NumberFields.read(number).ifPresent(numbers::add));
      String uri = json.path("next_page_uri").asString("");
      if (uri.isEmpty()) {
        return numbers;
      }
      next = new Request(HttpMethod.GET, "https://api.twilio.com" + uri);
    }
    return numbers;
  }

  static CarrierNumber fetch(TwilioRestClient client, String sid) {
    return read(send(client, request(client, HttpMethod.GET, sid)));
  }

  /** One field as it stands in Twilio's JSON, quotes and all. */
  static String shown(TwilioRestClient client, String sid, String field) {
    return NumberFields.json(send(client, request(client, HttpMethod.GET, sid)), field).toString();
  }

  static CarrierNumber update(TwilioRestClient client, String sid, Map<String, String> fields) {
    Request request = request(client, HttpMethod.POST, sid);
    request.setContentType(ContentType.FORM_URLENCODED);
    fields.forEach(request::addPostParam);
    return read(send(client, request));
  }

  private static Request request(TwilioRestClient client, HttpMethod method, String sid) {
    return new Request(method, Domains.API.toString(), path(client, "/" + sid));
  }

  private static String path(TwilioRestClient client, String rest) {
    return "/2010-04-01/Accounts/"
        + client.getAccountSid()
        + "/IncomingPhoneNumbers"
        + rest
        + ".json";
  }

  private static JsonNode send(TwilioRestClient client, Request request) {
    try {
      return JSON.readTree(Rest.send(client, request).getContent());
    } catch (JacksonException notJson) {
      throw new ApiException("not JSON");
    }
  }

  private static CarrierNumber read(JsonNode json) {
    return NumberFields.read(json).orElseThrow(() -> new ApiException("not a number's JSON"));
  }
}
