package org.linekeeper.demo.carrier;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** List, fetch, create, update and delete for one kind of resource: what all of them share. */
final class Resource {
  /** What is particular to one kind. */
  interface Manners {
    /** The JSON of one resource; base is the scheme, host and port the client used. */
    Map<String, @Nullable Object> render(Entity entity, String base);

    /** The list, cut into pages as this API's generation does. */
    Answer page(Request request, Paging paging);

    /** Whether the list's filters let it through. */
    default boolean listed(Entity entity, Form query) {
      return true;
    }

    /** The change after cross-field rules, or with a refusal. */
    default Shape.Change check(Shape.Change change) {
      return change;
    }
  }

  private final World world;
  private final Shape shape;
  private final Shelf shelf;
  private final Manners manners;

  Resource(World world, Shape shape, Shelf shelf, Manners manners) {
    this.world = world;
    this.shape = shape;
    this.shelf = shelf;
    this.manners = manners;
  }

  Resource listAndUpdate(Routes routes, String path, String suffix) {
    routes
        .on("GET", path + suffix, this::list)
        .on("GET", path + "/{}" + suffix, this::fetch)
        .on("POST", path + "/{}" + suffix, this::update);
    return this;
  }

  Resource createAndDelete(Routes routes, String path, String suffix) {
    routes
        .on("POST", path + suffix, this::create)
        .on("DELETE", path + "/{}" + suffix, this::delete);
    return this;
  }

  private Answer list(Request request, List<String> ids) {
    String parent = ids.isEmpty() ? "" : ids.get(0);
    if (missing(parent)) {
      return TwilioError.notFound(request.path()).answer();
    }
    List<Entity> found =
        shelf.oldestFirst(e -> e.parent().equals(parent) && manners.listed(e, request.query()));
    return manners.page(request, new Paging(request, found));
  }

  private Answer fetch(Request request, List<String> ids) {
    return find(ids)
        .map(e -> Answer.json(200, manners.render(e, request.base())))
        .orElseGet(() -> TwilioError.notFound(request.path()).answer());
  }

  private Answer create(Request request, List<String> ids) {
    String parent = ids.isEmpty() ? "" : ids.get(0);
    if (missing(parent)) {
      return TwilioError.notFound(request.path()).answer();
    }
    for (String param : shape.required) {
      if (request.form().given(param).isEmpty()) {
        return TwilioError.of(400, 20001, "Missing required parameter " + param).answer();
      }
    }
    Shape.Change change = manners.check(shape.read(request.form()));
    if (change.refusal() != null) {
      return change.refusal().answer();
    }
    Map<String, @Nullable Object> values = shape.initial();
    values.putAll(change.values());
    Entity created = world.make(shape.prefix, parent, values);
    shelf.put(created);
    return Answer.json(201, manners.render(created, request.base()));
  }

  private Answer update(Request request, List<String> ids) {
    Optional<Entity> found = find(ids);
    if (found.isEmpty()) {
      return TwilioError.notFound(request.path()).answer();
    }
    Shape.Change change = manners.check(shape.read(request.form()));
    if (change.refusal() != null) {
      return change.refusal().answer();
    }
    Entity changed = found.get().with(change.values(), world.now());
    shelf.put(changed);
    return Answer.json(200, manners.render(changed, request.base()));
  }

  private Answer delete(Request request, List<String> ids) {
    Optional<Entity> found = find(ids);
    if (found.isEmpty()) {
      return TwilioError.notFound(request.path()).answer();
    }
    shelf.remove(found.get().sid());
    return Answer.deleted();
  }

  private Optional<Entity> find(List<String> ids) {
    return ids.size() == 1 ? shelf.get(ids.get(0)) : shelf.get(ids.get(1), ids.get(0));
  }

  /** Trunks are the only resources that others lie under. */
  private boolean missing(String parent) {
    return !parent.isEmpty() && world.trunks.get(parent).isEmpty();
  }
}
