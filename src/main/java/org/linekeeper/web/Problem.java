package org.linekeeper.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a request was not answered as asked, as RFC 9457 has it.
 *
 * @param status HTTP status
 * @param title what sort of problem it is
 * @param detail what happened and what to do
 * @param phones what it means for the phones
 */
public record Problem(int status, String title, String detail, String phones) {
  /** The media type of RFC 9457. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Nothing was asked of the phones, so nothing happened to them. */
  public static final String UNCHANGED = "Nothing was changed; PBXs and numbers stay as they are.";

  private static final JsonMapper JSON = JsonMapper.shared();

  /** A request that was turned away before it could change anything. */
  public static Problem refused(int status, String title, String detail) {
    return new Problem(status, title, detail, UNCHANGED);
  }

  /** Its members, in the order in which people read them. */
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.put("phones", phones);
    return members;
  }

  /** Answers with it. */
  public void write(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    response
        .getOutputStream()
        .write(JSON.writeValueAsString(members()).getBytes(StandardCharsets.UTF_8));
  }
}
