package org.linekeeper.estate;

import java.util.Locale;

/**
 * Which office numbers are meant: all, those of a group or a site, or one.
 *
 * @param kind how to read the name
 * @param name group, site or E.164 number; {@code all} for all
 */
public record Selection(Kind kind, String name) {
  /** The ways to name numbers, the most particular first: that is also their precedence. */
  public enum Kind {
    /** One number, by its E.164 form. */
    NUMBER,
    /** All numbers of a group. */
    GROUP,
    /** All numbers of a site. */
    SITE,
    /** Every number that may be moved. */
    ALL
  }

  /** Every number that may be moved. */
  public static final Selection ALL = new Selection(Kind.ALL, "all");

  /** One number. */
  public static Selection of(PhoneNumber number) {
    return new Selection(Kind.NUMBER, number.e164());
  }

  /** The numbers of a group. */
  public static Selection of(GroupId group) {
    return new Selection(Kind.GROUP, group.name());
  }

  /** The numbers of a site. */
  public static Selection of(SiteId site) {
    return new Selection(Kind.SITE, site.name());
  }

  /** Whether this names the number. A line that must never be moved is covered only by name. */
  public boolean covers(OfficeNumber number) {
    return switch (kind) {
      case NUMBER -> number.number().e164().equals(name);
      case GROUP -> number.groups().contains(new GroupId(name));
      case SITE -> number.site().name().equals(name);
      case ALL -> true;
    };
  }

  /** Such as {@code group sales}, {@code +441632960001} or {@code all numbers}. */
  @Override
  public String toString() {
    return switch (kind) {
      case NUMBER -> name;
      case GROUP, SITE -> kind.name().toLowerCase(Locale.ROOT) + " " + name;
      case ALL -> "all numbers";
    };
  }
}
