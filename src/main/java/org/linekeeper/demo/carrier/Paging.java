package org.linekeeper.demo.carrier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a list into pages the way Twilio's two API generations do: {@code next_page_uri} in the
 * 2010-04-01 API, {@code meta.next_page_url} in the v1 APIs.
 */
final class Paging {
  private static final int DEFAULT_SIZE = 50;
  private static final int MAX_SIZE = 1000;

  private final Request request;
  private final List<Entity> all;
  private final int size;
  private final int start;

  Paging(Request request, List<Entity> all) {
    this.request = request;
    this.all = all;
    this.size = Math.max(1, Math.min(MAX_SIZE, request.query().whole("PageSize", DEFAULT_SIZE)));
    this.start = start(request, all, size);
  }

  Answer v2010(String key, Function<Entity, Map<String, @Nullable Object>> render) {
    int page = request.query().whole("Page", 0);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(key, here().stream().map(render).toList());
    json.put("page", page);
    json.put("page_size", size);
    json.put("start", start);
    json.put("end", Math.max(start, start + here().size() - 1));
    json.put("uri", link(page, null));
    json.put("first_page_uri", link(0, null));
    json.put("previous_page_uri", page == 0 ? null : link(page - 1, null));
    json.put("next_page_uri", more() ? link(page + 1, last()) : null);
    return Answer.json(200, json);
  }

  Answer v1(String key, Function<Entity, Map<String, @Nullable Object>> render) {
    int page = request.query().whole("Page", 0);
    Map<String, @Nullable Object> meta = new LinkedHashMap<>();
    meta.put("key", key);
    meta.put("page", page);
    meta.put("page_size", size);
    meta.put("url", request.base() + link(page, null));
    meta.put("first_page_url", request.base() + link(0, null));
    meta.put("previous_page_url", page == 0 ? null : request.base() + link(page - 1, null));
    meta.put("next_page_url", more() ? request.base() + link(page + 1, last()) : null);
    return Answer.json(200, Map.of(key, here().stream().map(render).toList(), "meta", meta));
  }

  /** A token names the last resource already seen, so new arrivals do not shift later pages. */
  private static int start(Request request, List<Entity> all, int size) {
    String token = request.query().given("PageToken").orElse("");
    for (int i = 0; i < all.size(); i++) {
      if (token.equals("PA" + all.get(i).sid())) {
        return i + 1;
      }
    }
    return request.query().whole("Page", 0) * size;
  }

  private List<Entity> here() {
    int from = Math.min(start, all.size());
    return all.subList(from, Math.min(from + size, all.size()));
  }

  private boolean more() {
    return start + size < all.size();
  }

  private String last() {
    return "PA" + all.get(start + size - 1).sid();
  }

  private String link(int page, @Nullable String token) {
    Map<String, String> query = new LinkedHashMap<>(request.query().values());
    query.put("PageSize", Integer.toString(size));
    query.put("Page", Integer.toString(page));
    query.remove("PageToken");
    if (token != null) {
      query.put("PageToken", token);
    }
    return request.path() + "?" + Form.of(query).encode();
  }
}
