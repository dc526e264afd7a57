package org.linekeeper.web;

import java.util.function.Supplier;

/**
 * A part of the page that somebody else brings along, such as the demo's buttons.
 *
 * @param title its heading
 * @param wide whether it stands beside the PBXs rather than beside the form for diverting
 * @param template the Thymeleaf template it is in, without ending
 * @param fragment the fragment's name in there
 * @param model asked each time the page is shown; the fragment knows it as {@code panel}
 */
public record Panel(
    String title, boolean wide, String template, String fragment, Supplier<?> model) {}
