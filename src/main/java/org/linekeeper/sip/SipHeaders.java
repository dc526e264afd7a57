package org.linekeeper.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which header fields does a message carry, in which order? Immutable; names are found in any case,
 * and compact names (RFC 3261 section 7.3.3) under their long ones.
 */
public final class SipHeaders {
  /** No fields at all. */
  public static final SipHeaders NONE = new SipHeaders(List.of());

  private static final Map<String, String> COMPACT =
      Map.ofEntries(
          Map.entry("v", "Via"),
          Map.entry("f", "From"),
          Map.entry("t", "To"),
          Map.entry("i", "Call-ID"),
          Map.entry("m", "Contact"),
          Map.entry("l", "Content-Length"),
          Map.entry("c", "Content-Type"),
          Map.entry("e", "Content-Encoding"),
          Map.entry("k", "Supported"),
          Map.entry("s", "Subject"),
          Map.entry("o", "Event"),
          Map.entry("r", "Refer-To"));

  private final List<Field> fields;

  /** One header field, its name written out. */
  public record Field(String name, String value) {
    /**
     * Trims the value and writes the compact name out.
     *
     * @throws IllegalArgumentException if a line break hides in it, which would forge another field
     */
    public Field {
      name = name.length() == 1 ? COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name) : name;
      value = value.trim();
      if (!SipSyntax.isToken(name) || !SipSyntax.isOneLine(value)) {
        throw new IllegalArgumentException("not a SIP header field: " + name);
      }
    }
  }

  private SipHeaders(List<Field> fields) {
    this.fields = fields;
  }

  /** The given fields, in their order. */
  public static SipHeaders of(List<Field> fields) {
    return new SipHeaders(List.copyOf(fields));
  }

  /** These fields and one more at the end. */
  public SipHeaders with(String name, String value) {
    List<Field> all = new ArrayList<>(fields);
    all.add(new Field(name, value));
    return of(all);
  }

  /**
   * These fields and, at the end, all of that name from {@code other}, as a response copies Via.
   */
  public SipHeaders copying(String name, SipHeaders other) {
    List<Field> all = new ArrayList<>(fields);
    other.all(name).forEach(v -> all.add(new Field(name, v)));
    return of(all);
  }

  /** The value of the first field of that name, if there is one. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of that name, in order; none gives an empty list. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  /** All fields in order. */
  public List<Field> fields() {
    return fields;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SipHeaders h && h.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
